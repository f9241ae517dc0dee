"""`manage.py load_demonstration`: example content and accounts, through the sign-off itself."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from cms.accounts.models import User
from cms.demonstration.accounts import PASSWORDS_FILE
from cms.demonstration.indexing import index_at_the_end
from cms.demonstration.loader import DemonstrationLoader
from cms.mail.outbox import no_mails
from cms.publication.models import Publication


class Command(BaseCommand):
    """Fills an empty installation; refuses any other."""

    help = "Loads the demonstration content (ตัวอย่าง) into an empty installation."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing, and succeed, where data exist."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists() or Publication.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There are accounts or publications already.")
        # Loading signs some hundred times: nobody is told about it.
        with transaction.atomic(), index_at_the_end(), no_mails():
            loader = DemonstrationLoader()
            progress = tqdm(loader.load(), total=loader.total(), unit="item", desc="Signing")
            for title in progress:
                progress.set_postfix_str(title[:30])
        call_command("convert_datasets")  # so that no dataset is "being prepared" at first
        self.stdout.write(f"Demonstration accounts are in {PASSWORDS_FILE}")
