"""`manage.py verify_publications`: does the public record hold?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from cms.publication.models import Address, PinnedFile, Publication
from cms.publication.verify import RecordBroken, verify_publications
from cms.signoff.chain import ChainBroken
from cms.signoff.models import Signature


class Command(BaseCommand):
    """Recomputes every hash, signature, file and address; exits 1 at the first that fails."""

    help = "Recomputes every hash, signature and file of the public record."

    def handle(self, *args: Any, **options: Any) -> None:
        models = (Signature, Publication, PinnedFile, Address)
        total = sum(model.objects.count() for model in models)
        counts = dict.fromkeys(models, 0)
        try:
            for record in tqdm(verify_publications(), total=total, unit="record", disable=None):
                counts[type(record)] += 1
        except (ChainBroken, RecordBroken) as error:
            raise CommandError(f"The public record does not hold. {error}") from error
        summary = ", ".join(
            f"{count} {model._meta.verbose_name_plural}" for model, count in counts.items()
        )
        self.stdout.write(self.style.SUCCESS(f"The public record holds: {summary}."))
