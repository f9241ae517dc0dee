"""The heads of the chains, told every day to addresses outside: a deleted tail is then noticed.

Whoever can write to the database can cut both chains short, and what is left still verifies.
But not with the head that somebody else was told.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.mail.outbox import queue_mail
from cms.publication.models import Publication
from cms.publication.verify import RecordBroken
from cms.signoff.chain import FIRST_PREVIOUS_HASH, ChainedRecord
from cms.signoff.models import ReleaseAct, Signature

CHAIN_HEAD_KIND = "chain_head"
CHAINS: dict[str, type[ChainedRecord]] = {
    "signatures": Signature,
    "releases": ReleaseAct,
    "publications": Publication,
}


@dataclass(frozen=True)
class Head:
    """The last record of a chain; written `publications:SEQUENCE:HASH`."""

    chain: str
    sequence: int
    own_hash: str

    @classmethod
    def read(cls, text: str) -> "Head":
        """Reads what `str` writes. Raises `ValueError` where it is no head."""
        chain, sequence, own_hash = text.strip().split(":")
        if chain not in CHAINS or len(own_hash) != len(FIRST_PREVIOUS_HASH):
            raise ValueError(text)
        return cls(chain, int(sequence), own_hash)

    def __str__(self) -> str:
        return f"{self.chain}:{self.sequence}:{self.own_hash}"

    def check(self) -> None:
        """Raises `RecordBroken` where the chain does not hold this record (any more)."""
        if self.sequence == 0:
            return  # the chain was empty
        records = CHAINS[self.chain]._default_manager
        found = records.filter(sequence=self.sequence).first()
        if found is None:
            raise RecordBroken(f"{self.chain}: record {self.sequence}, once there, is missing")
        if found.own_hash != self.own_hash:
            raise RecordBroken(f"{self.chain}: record {self.sequence} is another than it was")


def heads() -> list[Head]:
    """The present head of each chain; sequence 0 where it is empty."""
    found = []
    for chain, model in CHAINS.items():
        last = model._default_manager.order_by("-sequence").first()
        sequence, own_hash = (last.sequence, last.own_hash) if last else (0, FIRST_PREVIOUS_HASH)
        found.append(Head(chain, sequence, own_hash))
    return found


def mail_chain_head() -> None:
    """Tells the heads to each address of CHAIN_HEAD_TO, in the language of the office."""
    with override(settings.LANGUAGE_CODE):
        counts = {chain: model._default_manager.count() for chain, model in CHAINS.items()}
        lines = "\n".join(f"{head}\n" for head in heads())
        moment = timezone.localtime().isoformat(timespec="seconds")
        subject = _("Heads of the signature chains: %(office)s, %(date)s")
        subject %= {"office": settings.SITE_NAME_TH, "date": moment[:10]}
        text = _(
            "The last records of the chains of signatures (%(signatures)s records) and"
            " publications (%(publications)s records) on %(moment)s:\n\n%(heads)s\n"
            "Please keep this mail. With each line, `manage.py verify_publications --expect LINE`"
            " shows whether records were deleted or replaced since.\n"
        )
        text %= {**counts, "moment": moment, "heads": lines}
        for address in settings.CHAIN_HEAD_TO:
            queue_mail(CHAIN_HEAD_KIND, address, subject, text)
