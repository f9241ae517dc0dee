"""Starts a driver on a database of its own and reads what it reports."""

import json
import os
import subprocess
import sys

from django.conf import settings


def run_driver(name: str, argument: str, database: str, package: str = "tests.crash") -> list[dict]:
    """One record for each line that the driver printed. Fails where it did."""
    result = subprocess.run(
        [sys.executable, "-m", f"{package}.{name}", argument],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": database,
            "PYTHONPATH": str(settings.BASE_DIR / "graphql"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-4000:]
    return [json.loads(line) for line in result.stdout.splitlines()]
