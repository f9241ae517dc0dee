"""The project's settings on a record of its own: `BENCH_ITEMS` items in var/benchmarks/."""

import os
from pathlib import Path

ITEMS = int(os.environ.get("BENCH_ITEMS", "1000"))
FOLDER = Path(__file__).resolve().parents[2] / "var" / "benchmarks" / str(ITEMS)
os.environ.setdefault("SECRET_KEY", "benchmark-secret-key")
os.environ.setdefault("SIGNATURE_KEY", "benchmark-signature-key")
os.environ.update(HTTPS="0", DATA_DIR=str(FOLDER), BASE_URL="http://127.0.0.1:8000")

from cms.settings import *  # noqa: E402, F403

ROOT_URLCONF = "benchmarks.api.urls"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  # WhiteNoise warns without it
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
GRAPHQL_RATE = 10**12  # counted as in production, never reached
GRAPHQL_SLOW_MS = 0
