"""`manage.py make_ready_json`: makes the ready text of everything that stands in public."""

from typing import Any

from django.core.management.base import BaseCommand

from content_api.compiled.jobs import make_missing


class Command(BaseCommand):
    """The hourly job at once, after an update of the code for example."""

    help = "Makes the ready JSON that stored operations ask of what stands in public."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tells how much was made and dropped."""
        made, dropped = make_missing()
        self.stdout.write(f"Made {made}, dropped {dropped}.")
