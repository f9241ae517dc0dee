"""What the request form says (แบบฟอร์มการขอเผยแพร่ข้อมูลผ่านเว็บไซต์ของหน่วยงาน), whatever its print."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowMixin, WorkflowState

from cms.publication.models import Publication
from cms.signoff.models import Signature
from cms.signoff.roles import Role, required_roles
from cms.signoff.rounds import standing_signatures
from cms.snapshot.snapshot import Snapshot, canonical_json, latest_snapshot

_SUMMARY_LENGTH = 700  # characters: the form asks for a summary
_URL = re.compile(r"https?://[^\s\"'<>]+")


@dataclass(frozen=True)
class SigningBlock:
    """One place to sign: the role, and the signature where it was given."""

    role: Role
    signature: Signature | None

    @property
    def statements(self) -> list[str]:
        """What the signer confirmed."""
        return json.loads(self.signature.checklist) if self.signature else []


@dataclass(frozen=True)
class RequestForm:
    """The request to publish one content: a publication, an item being signed, or a draft."""

    data: dict[str, Any]
    content_hash: str
    blocks: list[SigningBlock]
    version: int
    publication: Publication | None = None
    is_being_signed: bool = False

    @property
    def first_signature(self) -> Signature | None:
        """The reporter's, which dates the request; none while nobody signed."""
        return next((block.signature for block in self.blocks if block.signature), None)

    @property
    def is_signed(self) -> bool:
        """Whether nobody's signature is missing."""
        return all(block.signature for block in self.blocks)

    @property
    def summary(self) -> str:
        """The information in short: its summary, or how its text begins."""
        fields = self.data["fields"]
        text = str(fields.get("summary") or "").strip()
        text = text or " ".join(" ".join(_texts(fields)).split())
        text = text or " ".join(value for value in fields.values() if _is_prose(value))
        return text if len(text) <= _SUMMARY_LENGTH else f"{text[:_SUMMARY_LENGTH].rstrip()}…"

    @property
    def files(self) -> list[dict[str, Any]]:
        """Every file that becomes public with it: name, size and SHA-256, by name."""
        found = [{**file, "sha256": key} for key, file in self.data["files"].items()]
        return sorted(found, key=lambda file: (file["filename"], file["sha256"]))

    @property
    def external_links(self) -> list[str]:
        """Every address on another site that the content names, each once."""
        found = dict.fromkeys(
            html.unescape(url).rstrip(".,;)") for url in _URL.findall(_raw(self.data["fields"]))
        )
        return [url for url in found if not url.startswith(settings.BASE_URL)]


def form_of_publication(publication: Publication) -> RequestForm:
    """The form of what is, or was, public. Raises `ValueError` for the note of a withdrawal."""
    if publication.kind != Publication.Kind.PUBLICATION:
        raise ValueError("Nobody asked to publish a withdrawal")
    found = Signature.objects.filter(sequence__in=publication.signature_sequences)
    earlier = Publication.objects.filter(
        address=publication.address_id,
        kind=Publication.Kind.PUBLICATION,
        sequence__lt=publication.sequence,
    )
    data = publication.data
    return RequestForm(
        data=data,
        content_hash=publication.content_hash,
        blocks=_blocks(data, list(found), publication.content_hash),
        version=earlier.count() + 1,
        publication=publication,
    )


def form_of_draft(item: Page | WorkflowMixin) -> RequestForm:
    """The form of the newest draft of a page or snippet, with the signatures that it has now.

    Where the draft says what is in the public record already, it is the form of that. Raises
    `MissingFile` where a file that it names is not in storage.
    """
    snapshot: Snapshot = latest_snapshot(item)
    data = snapshot.data
    run = item.current_workflow_state
    is_being_signed = bool(run) and run.status == WorkflowState.STATUS_IN_PROGRESS
    signatures = standing_signatures(run) if is_being_signed else []
    earlier = Publication.objects.filter(
        subject=data["subject"], locale=data["locale"], kind=Publication.Kind.PUBLICATION
    )
    standing = earlier.standing().filter(content_hash=snapshot.content_hash).first()
    if standing and not is_being_signed:
        return form_of_publication(standing)
    return RequestForm(
        data=data,
        content_hash=snapshot.content_hash,
        blocks=_blocks(data, signatures, snapshot.content_hash),
        version=earlier.count() + 1,
        is_being_signed=is_being_signed,
    )


def _blocks(
    data: dict[str, Any], signatures: list[Signature], content_hash: str
) -> list[SigningBlock]:
    """A place for each role that must sign; signatures for another content do not count.

    In a release the executive signs also what would not need it alone.
    """
    given = {one.role: one for one in signatures if one.content_hash == content_hash}
    needed = set(required_roles(data["signing"])) | set(given)
    return [SigningBlock(role, given.get(role)) for role in Role if role in needed]


def signer_label(role: Role) -> str:
    """What the form calls a signer, in the present language."""
    names = {
        Role.REPORTER: _("Person responsible for the information"),
        Role.APPROVER: _("Approved and certified by"),
        Role.EXECUTIVE: _("Screened by the chief executive or chief administrator"),
        Role.PUBLISHER: _("Person responsible for publishing the information"),
    }
    return names.get(role) or str(role.label)


def _raw(value: Any) -> str:
    """All that is written in a field, with its mark-up."""
    return canonical_json(value).replace('\\"', '"')


def _is_prose(value: Any) -> bool:
    """Whether a field holds words, and not a key, an address or a number."""
    return isinstance(value, str) and " " in value and not value.startswith("http")


def _texts(value: Any) -> Iterator[str]:
    """The words of a snapshot's rich texts, in their order."""
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str) and "<" in value:
        yield BeautifulSoup(value, "html.parser").get_text(" ")
