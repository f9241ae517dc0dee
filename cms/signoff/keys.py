"""The key that seals chains and exports: asked for where something is sealed, never before.

Commands that seal nothing (migrations, messages) run without it.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def signature_key() -> bytes:
    """`SIGNATURE_KEY`. Raises `ImproperlyConfigured` where it is not set."""
    if not settings.SIGNATURE_KEY:
        raise ImproperlyConfigured("Set the environment variable SIGNATURE_KEY: see .env.example.")
    return settings.SIGNATURE_KEY.encode()


def require_keys() -> None:
    """Raises `ImproperlyConfigured` where a site would start without one of its keys.

    It would fail later, at the first sign-in or signature.
    """
    signature_key()
    _ = settings.SECRET_KEY  # Django raises where it is empty
