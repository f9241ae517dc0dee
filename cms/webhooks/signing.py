"""Secrets and signatures after the Standard Webhooks specification 1.0."""

import base64
import datetime
import hashlib
import hmac
import secrets

from cryptography.fernet import InvalidToken
from django.utils import timezone

from cms.accounts.encryption import cipher
from cms.webhooks.models import Endpoint

# So long both secrets sign after a change.
ROTATION = datetime.timedelta(hours=24)
_PURPOSE = "cms.webhooks"
_PREFIX = "whsec_"
_BYTES = 32  # the specification asks for 24 to 64


class SecretLost(Exception):
    """No secret can be read: it was stored under another SECRET_KEY."""


def renew_secret(endpoint: Endpoint) -> str:
    """Gives an endpoint a new secret, unsaved, and returns it: nobody sees it again.

    The one before signs too for a day.
    """
    secret = _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()
    endpoint.former_secret = endpoint.secret
    endpoint.former_until = timezone.now() + ROTATION if endpoint.secret else None
    endpoint.secret = cipher(_PURPOSE).encrypt(secret.encode()).decode()
    return secret


def signed_headers(endpoint: Endpoint, message_id: str, body: bytes) -> dict[str, str]:
    """The three headers of one try. Raises `SecretLost`."""
    timestamp = str(int(timezone.now().timestamp()))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(key, signed) for key in _keys(endpoint)),
    }


def _signature(key: bytes, signed: bytes) -> str:
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def _keys(endpoint: Endpoint) -> list[bytes]:
    stored = [endpoint.secret]
    if endpoint.former_until and endpoint.former_until > timezone.now():
        stored.append(endpoint.former_secret)
    try:
        opened = [cipher(_PURPOSE).decrypt(one.encode()).decode() for one in stored]
    except InvalidToken as error:
        raise SecretLost from error
    return [base64.b64decode(secret.removeprefix(_PREFIX)) for secret in opened]
