"""The project's settings under test: its own data folder, fast password hashing, mail in memory."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "test-secret-key")
os.environ.setdefault("SIGNATURE_KEY", "test-signature-key")
os.environ["HTTPS"] = "0"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="prakat-test-")

from cms.settings import *  # noqa: F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  # WhiteNoise warns without it
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, so that `--reuse-db` spares the migrations: `pytest --create-db` after a new one.
    (BASE_DIR / "var").mkdir(exist_ok=True)  # noqa: F405
    name = os.environ.get("TEST_DATABASE", str(BASE_DIR / "var" / "test.sqlite3"))  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": name}  # noqa: F405
RESPONSE_CACHE_MB = 0  # each test sees what its own question costs
GRAPHQL_RATE = 0  # the tests ask more than any reader; those of the rate set it
