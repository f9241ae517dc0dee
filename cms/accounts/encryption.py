"""Secrets at rest: encrypted with keys made of SECRET_KEY, one for each purpose."""

import base64
import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings


def cipher(purpose: str) -> MultiFernet:
    """What encrypts for one purpose, and decrypts what older keys encrypted; no other purpose can.

    Decrypting raises `InvalidToken` where none of Django's keys fits.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"{purpose}:{key}".encode()) for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest.digest())) for digest in digests])


def sealed(purpose: str, text: str) -> str:
    """A text that nobody else can read or change, for addresses: one for each text."""
    content = _sealers(purpose)[0].encrypt(text.encode(), None)
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def unsealed(purpose: str, seal: str) -> str:
    """What was sealed for this purpose. Raises `ValueError` for anything else."""
    content = base64.urlsafe_b64decode(seal.encode() + b"=" * (-len(seal) % 4))
    for sealer in _sealers(purpose):
        try:
            return sealer.decrypt(content, None).decode()
        except InvalidTag:
            continue
    raise ValueError("This was not sealed here.")


def _sealers(purpose: str) -> list[AESSIV]:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [AESSIV(hashlib.sha512(f"{purpose}:{key}".encode()).digest()) for key in keys]
