"""`manage.py export_schema [--check]`: writes or checks `graphql/schema.graphql`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from graphql import print_schema

from content_api.schema import schema


class Command(BaseCommand):
    """Keeps the committed SDL, which is the contract, equal to the code."""

    help = "Writes the SDL, or with --check fails where the committed one differs."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="Compare, write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        target = settings.BASE_DIR / "graphql" / "schema.graphql"
        text = print_schema(schema.graphql_schema) + "\n"
        if not options["check"]:
            target.write_text(text, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != text:
            raise CommandError("graphql/schema.graphql is out of date: run manage.py export_schema")
