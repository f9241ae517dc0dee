"""`manage.py convert_datasets`: makes every waiting format of the datasets now, here."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override
from tqdm import tqdm

from cms.opendata.jobs import convert_now, free_stale, request_missing, try_again
from cms.opendata.models import Conversion


class Command(BaseCommand):
    """For a first start, for cron where no worker runs, and to try again what failed."""

    help = "Converts the tables and maps that wait; exits 1 where one failed."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--retry", action="store_true", help="Also what failed before, with fresh tries."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        free_stale()
        request_missing()
        if options["retry"]:
            for conversion in Conversion.objects.filter(state=Conversion.State.FAILED):
                try_again(conversion)
        waiting = Conversion.objects.filter(state=Conversion.State.WAITING)
        asked = list(waiting.defer("summary").select_related("source").order_by("pk"))
        progress = tqdm(asked, unit="file", desc="Converting", disable=None)
        for conversion in progress:
            progress.set_postfix_str(str(conversion)[:40])
            convert_now(conversion.pk)
        self._report([conversion.pk for conversion in asked])

    def _report(self, asked: list[int]) -> None:
        conversions = Conversion.objects.filter(pk__in=asked).select_related("source")
        failed = [one for one in conversions if one.state != Conversion.State.DONE]
        with override("en"):
            for conversion in failed:
                self.stderr.write(f"{conversion}: {conversion.message}")
        if failed:
            raise CommandError(f"{len(failed)} of {len(asked)} conversions did not succeed.")
        self.stdout.write(f"Converted {len(asked)} files.")
