"""Every message of our code has its Thai."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "locale" / "th" / "LC_MESSAGES" / "django.po"
CATALOGUES = sorted((ROOT / "locale").rglob("*.po"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_catalogue_is_complete(path: Path):
    catalogue = polib.pofile(str(path))

    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_placeholders_survive_translation(path: Path):
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(path)], check=True)


def test_no_message_of_the_code_is_missing(tmp_path: Path):
    for folder in ("cms", "pages", "website", "locale", "graphql"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "manage.py", tmp_path)
    command = [sys.executable, "manage.py", "makemessages", "-l", "th", "-i", "locale*"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings"}
    subprocess.run([*command, "--no-location"], cwd=tmp_path, env=environment, check=True)

    collected = {
        entry.msgid
        for entry in polib.pofile(str(tmp_path / "locale/th/LC_MESSAGES/django.po"))
        if not entry.obsolete
    }
    assert collected - {entry.msgid for entry in polib.pofile(str(OURS))} == set()


def test_admin_speaks_thai():
    call_command("compile_catalogues")
    with translation.override("th"):
        assert gettext("Save draft") == "บันทึกฉบับร่าง"
