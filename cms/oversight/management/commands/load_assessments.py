"""`manage.py load_assessments`: the shipped lists of assessments, where they are missing."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.oversight.assessment_lists import load_shipped


class Command(BaseCommand):
    """Leaves every list that is there already as the office has it."""

    help = "Loads the shipped lists of assessments that are not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_shipped()
        for assessment in made:
            self.stdout.write(str(assessment))
        self.stdout.write(f"{len(made)} lists loaded.")
