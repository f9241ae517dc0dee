"""`manage.py index_publications`: builds the public full-text index again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cms.publication.search_index import rebuild


class Command(BaseCommand):
    """For after a change of the dictionary by which Thai is cut into words."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Readers find what was there before until the new index is whole."""
        with transaction.atomic():
            number = rebuild(show_progress=True)
        self.stdout.write(f"{number} publications indexed")
