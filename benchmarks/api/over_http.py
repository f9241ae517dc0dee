"""A real server with one worker, asked for a constant answer and a cached one in turn."""

import http.client
import os
import socket
import subprocess
import sys
import time
from typing import Any, Self
from urllib.parse import urlencode

from benchmarks.api import questions

HOST = "127.0.0.1"


class Server:
    """gunicorn with one process and one thread, on a free port."""

    def __init__(self, size: int) -> None:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        options = ["--workers", "1", "--threads", "1", "--worker-class", "gthread"]
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"{HOST}:{self.port}"),
                *options,
            ],
            env={
                **os.environ,
                "BENCH_ITEMS": str(size),
                "DJANGO_SETTINGS_MODULE": "benchmarks.api.settings",
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        """Waits until it answers."""
        for _attempt in range(240):
            try:
                self._get(http.client.HTTPConnection(HOST, self.port), "/bench/limit/")
            except OSError:
                time.sleep(0.25)
            else:
                return self
        raise SystemExit("the server does not start")

    def __exit__(self, *_error: Any) -> None:
        """Ends it."""
        self.process.terminate()
        self.process.wait()

    def measured(self, times: int) -> tuple[list[float], list[float]]:
        """Seconds of each constant answer and of each cached one, on one connection."""
        asked = questions.parameters("list", questions.variables("list", 0, ""))
        paths = ("/bench/limit/", f"/graphql/?{urlencode(asked)}")
        connection = http.client.HTTPConnection(HOST, self.port)
        for path in paths * 2:
            self._get(connection, path)
        seconds: tuple[list[float], list[float]] = ([], [])
        for _time in range(times):
            for path, taken in zip(paths, seconds, strict=True):
                began = time.perf_counter()
                self._get(connection, path)
                taken.append(time.perf_counter() - began)
        return seconds

    def _get(self, connection: http.client.HTTPConnection, path: str) -> bytes:
        connection.request("GET", path)
        response = connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise SystemExit(f"{path[:40]} answered {response.status}")
        return content
