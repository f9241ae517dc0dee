"""`manage.py delete_expired_cases`: for a nightly job."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from cms.engagement.channels import OPEN_STATES
from cms.engagement.retention import delete_expired, delete_stale_uploads, expired_cases


class Command(BaseCommand):
    """Deletes what the office promised to keep no longer."""

    help = "Delete the cases of citizens whose period is over, with their files."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--dry-run` counts only."""
        parser.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how many cases were deleted, and how many of them nobody had answered."""
        count = expired_cases().count()
        unanswered = expired_cases().filter(state__in=OPEN_STATES).count()
        if options["dry_run"]:
            self.stdout.write(f"{count} cases would be deleted, {unanswered} of them unanswered.")
            return
        for _case in tqdm(delete_expired(), total=count, unit="case", disable=None):
            pass
        stale = delete_stale_uploads()
        self.stdout.write(
            f"Deleted {count} cases, {unanswered} of them unanswered, and {stale} stale uploads."
        )
