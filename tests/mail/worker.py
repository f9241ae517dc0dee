"""An installation of its own whose management commands run as processes that can be killed."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


class OfficeProcess:
    """An installation of its own in a folder, with an outbox that sends to a port."""

    def __init__(self, folder: Path, port: int, database_url: str = "") -> None:
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings",
            "SECRET_KEY": "mail-secret-key",
            "SIGNATURE_KEY": "mail-signature-key",
            "HTTPS": "0",
            "DATA_DIR": str(folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        }
        self.environment.pop("DATABASE_URL", None)
        if database_url:
            self.environment["DATABASE_URL"] = database_url

    def start(self, *command: str) -> subprocess.Popen:
        """Starts a management command."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *command: str) -> str:
        """Runs a management command to its end and returns what it printed."""
        process = self.start(*command)
        output, _none = process.communicate(timeout=240)
        assert process.returncode == 0, output
        return output

    def python(self, script: str) -> str:
        """Runs lines of Python with the project's models at hand."""
        return self.run("shell", "--no-imports", "-c", script)


@contextmanager
def own_database() -> Iterator[str]:
    """The address of an empty database of the kind on which the tests run; empty for SQLite."""
    if connection.vendor != "postgresql":
        yield ""
        return
    name, given = f"prakat_mail_{uuid.uuid4().hex[:8]}", connection.settings_dict
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        login = f"{given['USER']}:{given['PASSWORD']}@" if given["USER"] else ""
        yield f"postgres://{login}{given['HOST']}:{given['PORT'] or 5432}/{name}"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
