"""Without its key nothing is sealed, and no site starts; what seals nothing runs."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured

from cms.signoff.keys import signature_key

NO_KEYS = {
    name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "SIGNATURE_KEY")
}


def run(*command: str, **more: str) -> subprocess.CompletedProcess:
    environment = {**NO_KEYS, "DJANGO_SETTINGS_MODULE": "cms.settings", **more}
    folder = django_settings.BASE_DIR
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True
    )


def test_an_empty_key_seals_nothing(settings):
    settings.SIGNATURE_KEY = ""

    with pytest.raises(ImproperlyConfigured, match="SIGNATURE_KEY"):
        signature_key()


def test_migrations_are_looked_at_without_keys(tmp_path):
    # Empty, as a machine may have an .env.
    keys = {"SECRET_KEY": "", "SIGNATURE_KEY": "", "DATA_DIR": str(tmp_path)}

    found = run("manage.py", "makemigrations", "--check", "--dry-run", **keys)

    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SIGNATURE_KEY"])
def test_no_site_starts_without_a_key(tmp_path, missing):
    keys = {"SECRET_KEY": "a", "SIGNATURE_KEY": "b", "DATA_DIR": str(tmp_path), missing: ""}

    found = run("-c", "import cms.wsgi", **keys)

    assert found.returncode
    assert missing in found.stderr
