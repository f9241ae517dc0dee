"""The office's key for what leaves the system: Ed25519, derived from `SIGNATURE_KEY`.

Whoever has the public key can check that this system made an export; `SIGNATURE_KEY` itself, with
which the chains are sealed, is never handed out.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cms.signoff.keys import signature_key

_PURPOSE = b"prakat evidence signing key v1"
KEY_ADDRESS = ".well-known/prakat-signing-key.txt"


def public_key() -> bytes:
    """The 32 bytes with which outsiders check our signatures."""
    return _private_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_text() -> str:
    """The public key as it is published: one line of 64 hexadecimal digits."""
    return f"{public_key().hex()}\n"


def sign(content: bytes) -> bytes:
    """An Ed25519 signature (RFC 8032): the same for the same content."""
    return _private_key().sign(content)


def seal(content: bytes) -> str:
    """An HMAC-SHA-256 with `SIGNATURE_KEY`, for whoever holds that key."""
    return hmac.new(signature_key(), content, hashlib.sha256).hexdigest()


def _private_key() -> Ed25519PrivateKey:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return Ed25519PrivateKey.from_private_bytes(derived.derive(signature_key()))
