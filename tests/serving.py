"""A real server on a free port, with a data folder of its own: what `make serve` starts."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 1500  # the first start signs the whole demonstration, beside other tests


@contextmanager
def served(
    data_dir: Path, *arguments: str, **variables: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a server, and the environment that it runs in, while it runs."""
    port = _free_port()
    origin = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings",
        "SECRET_KEY": "e2e-secret-key",
        "SIGNATURE_KEY": "e2e-signature-key",
        "HTTPS": "0",
        "DATA_DIR": str(data_dir),
        "BASE_URL": origin,
        "EMAIL_URL": "dummymail://",
    }
    environment.pop("DATABASE_URL", None)
    environment.update(variables)
    log = (data_dir / "server.log").open("w")
    command = [sys.executable, "manage.py", "serve", "--port", str(port), *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(f"{origin}/healthz/", process, data_dir / "server.log")
        yield origin, environment
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server stopped:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310
                if response.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"The server did not answer:\n{log.read_text()[-3000:]}")
