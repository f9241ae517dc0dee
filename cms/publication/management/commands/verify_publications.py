"""`manage.py verify_publications`: does the public record hold?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cms.publication.chain_head import Head
from cms.publication.models import Address, PinnedFile, Publication
from cms.publication.verify import RecordBroken, verify_publications
from cms.signoff.chain import ChainBroken
from cms.signoff.models import ReleaseAct, Signature


class Command(BaseCommand):
    """Recomputes every hash, signature, file and address; exits 1 at the first that fails."""

    help = "Recomputes every hash, signature and file of the public record."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--expect` takes a line of the daily mail of the chains' heads."""
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="CHAIN:SEQUENCE:HASH",
            help="a head that was mailed before; fails where that record is gone or another",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        expected = [_head(text) for text in options["expect"]]
        models = (Signature, ReleaseAct, Publication, PinnedFile, Address)
        total = sum(model.objects.count() for model in models)
        counts: dict[Any, int] = dict.fromkeys(models, 0)  # and what other apps had signed
        try:
            for record in tqdm(verify_publications(), total=total, unit="record", disable=None):
                counts[type(record)] = counts.get(type(record), 0) + 1
            for head in expected:
                head.check()
        except (ChainBroken, RecordBroken) as error:
            raise CommandError(f"The public record does not hold. {error}") from error
        summary = ", ".join(
            f"{count} {model._meta.verbose_name_plural}" for model, count in counts.items()
        )
        self.stdout.write(self.style.SUCCESS(f"The public record holds: {summary}."))


def _head(text: str) -> Head:
    try:
        return Head.read(text)
    except ValueError as error:
        raise CommandError(f"Not a head of a chain: {text}") from error
