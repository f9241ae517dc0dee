"""`manage.py export_schema [--check]`: writes or checks what `graphql/` holds of the contract."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content_api.operations import FOLDER, manifest
from content_api.sdl import COMMITTED, text

MANIFEST = FOLDER.with_suffix(".json")


class Command(BaseCommand):
    """Keeps the committed SDL and the manifest of the stored operations equal to the code."""

    help = "Writes the SDL and the manifest, or with --check fails where the committed ones differ."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="Compare, write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        listed = json.dumps(manifest(), indent=2, ensure_ascii=False) + "\n"
        for target, content in ((COMMITTED, text()), (MANIFEST, listed)):
            if not options["check"]:
                target.write_text(content, encoding="utf-8")
            elif not target.exists() or target.read_text(encoding="utf-8") != content:
                raise CommandError(f"graphql/{target.name} is old: run manage.py export_schema")
