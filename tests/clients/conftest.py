"""A real server with a little public content, and the npm packages of `clients/`."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.serving import served

CLIENTS = Path(settings.BASE_DIR) / "clients"
Run = Callable[..., str]


@pytest.fixture(scope="session")
def api(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the API of a server on a copy of the office of the tests."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        pytest.skip("The server gets a copy of the test database, which is a file with SQLite.")
    data_dir = tmp_path_factory.mktemp("clients")
    copy = data_dir / "copy.sqlite3"
    source = sqlite3.connect(settings.DATABASES["default"]["TEST"]["NAME"])
    with source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    database = {"DATABASE_URL": f"sqlite:///{copy}"}
    command = [sys.executable, "-m", "tests.clients.seeding"]
    subprocess.run(command, cwd=settings.BASE_DIR, env={**os.environ, **database}, check=True)
    # One process: each has a cache of its own, and clients count on what they sent before.
    variables = {**database, "RUN_WORKER": "0", "WEB_CONCURRENCY": "1"}
    with served(data_dir, "--no-demonstration", **variables) as (origin, _environment):
        yield f"{origin}/graphql/"


@pytest.fixture
def run(api: str) -> Run:
    """Runs a command in `clients/` against the server: what it printed."""

    def run(*command: str) -> str:
        environment = {**os.environ, "API": api, "NO_COLOR": "1"}
        done = subprocess.run(
            command, cwd=CLIENTS, env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run
