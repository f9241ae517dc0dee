"""`manage.py compile_catalogues [--check]`: our `.po` files to `.mo`, without gettext's tools."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Django's own compilemessages needs a system package; a fresh machine may lack it."""

    help = "Compiles the message catalogues below locale/."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Also fail where a Thai message is missing or fuzzy.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        incomplete = []
        for path in _sources():
            if options["check"] or _is_older(path):
                catalogue = polib.pofile(str(path))
                catalogue.save_as_mofile(str(path.with_suffix(".mo")))
                missing = catalogue.untranslated_entries() + catalogue.fuzzy_entries()
                if "/th/" in path.as_posix():
                    incomplete += [f"{path}: {entry.msgid!r}" for entry in missing]
        if options["check"] and incomplete:
            raise CommandError("Missing in Thai:\n" + "\n".join(incomplete))


def are_current() -> bool:
    """Whether every catalogue was compiled after its last change."""
    return not any(_is_older(path) for path in _sources())


def _sources() -> list[Path]:
    return sorted((settings.BASE_DIR / "locale").rglob("*.po"))


def _is_older(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime
