"""`manage.py check_links`: do the addresses that public records name still answer?"""

import datetime
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from cms.oversight.link_checks import DELAY_SECONDS, RECENT, check, collect, due
from cms.oversight.models import LinkCheck


class Command(BaseCommand):
    """For the night. What was checked lately is left alone, so a run that was killed resumes."""

    help = "Checks every address on other sites that stands in public, politely."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--older-than",
            type=float,
            default=RECENT.total_seconds() / 3600,
            help="Hours since the last check (20).",
        )
        parser.add_argument(
            "--delay",
            type=float,
            default=DELAY_SECONDS,
            help="Seconds between requests to one site (1).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        collect()
        waiting = due(datetime.timedelta(hours=options["older_than"]))
        progress = tqdm(
            check(waiting, options["delay"]), total=len(waiting), unit="link", desc="Checking"
        )
        counts = Counter(one.state for one in progress)
        found = ", ".join(f"{counts[state]} {state}" for state in LinkCheck.State.values)
        self.stdout.write(f"{sum(counts.values())} links checked: {found}.")
