"""The second factor: time-based codes of a telephone (RFC 6238) and recovery codes on paper."""

import base64
import secrets
import unicodedata
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django_otp.oath import hotp

from cms.accounts.encryption import cipher
from cms.accounts.events import tell
from cms.accounts.throttle import Purpose, Trial

STEP = 30  # seconds that a code is shown
DRIFT = 1  # steps that a telephone's clock may be ahead or behind
DIGITS = 6
RECOVERY_CODES = 10
_PURPOSE = "cms.accounts.second_factor"
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike: I L O 0 1


class SecondFactor(models.Model):
    """The telephone of one person, once it has proven itself with a code."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor"
    )
    # Encrypted with a key made of SECRET_KEY: a copy of the database alone does not sign in.
    secret = models.TextField(editable=False)
    last_step = models.BigIntegerField(editable=False)  # no code of it or before counts again
    confirmed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """One code for when the telephone is not at hand: kept as a keyed hash, good for one time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="one_recovery_code")]

    def __str__(self) -> str:
        return f"{self.user}: {self.used_at}"


def new_secret() -> str:
    """A secret for a telephone, in Base32: 160 bits, as RFC 4226 recommends."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def address_of(user: Any, secret: str) -> str:
    """The `otpauth:` address that authenticator apps read from the QR code."""
    issuer = f"{settings.WAGTAIL_SITE_NAME} {urlsplit(settings.BASE_URL).hostname}"
    label = quote(f"{issuer}:{user.get_username()}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"


@transaction.atomic
def set_up(user: Any, secret: str, code: str) -> list[str]:
    """Keeps the secret where `code` proves that the telephone has it.

    Returns the recovery codes, which nobody sees again; none where the code is wrong.
    """
    step = _matching_step(secret, _digits(code), after=-1)
    if step is None:
        return []
    SecondFactor.objects.update_or_create(
        user=user,
        defaults={"secret": encrypt(secret), "last_step": step, "confirmed_at": timezone.now()},
    )
    tell("second_factor_set_up", user=user)
    return new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user: Any) -> list[str]:
    """Replaces the recovery codes of a person; returns the new ones."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(user=user, digest=_digest(user, code)) for code in codes]
    )
    tell("recovery_codes_made", user=user)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def verify(user: Any, code: str) -> bool:
    """Whether a code of the telephone, or a recovery code, is right. Each is good once.

    Raises `TooManyAttempts` while one must wait.
    """
    trial = Trial(Purpose.CODE, user.get_username())
    digits = _digits(code)
    is_right = _takes_step(user, digits) if len(digits) == DIGITS else _takes_recovery(user, code)
    if is_right:
        trial.succeeded()
    else:
        tell("code_refused", user=user)
        trial.failed(user)
    return is_right


@transaction.atomic
def remove(user: Any, kind: str) -> None:
    """Forgets telephone and recovery codes. `kind` tells the log by whom it was done."""
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    tell(kind, user=user)


def encrypt(secret: str) -> str:
    """What may be stored of a secret."""
    return cipher(_PURPOSE).encrypt(secret.encode()).decode()


def decrypt(stored: str) -> str:
    """The secret; empty where it was stored under another SECRET_KEY."""
    try:
        return cipher(_PURPOSE).decrypt(stored.encode()).decode()
    except InvalidToken:
        return ""


def _digits(code: str) -> str:
    """What was typed as ASCII digits, Thai ones too; empty where it is something else."""
    typed = code.replace(" ", "").replace("-", "")
    return "".join(str(unicodedata.decimal(char)) for char in typed) if typed.isdecimal() else ""


def _takes_step(user: Any, digits: str) -> bool:
    factor = SecondFactor.objects.filter(user=user).first()
    secret = decrypt(factor.secret) if factor else ""
    if factor is None or not secret:
        return False
    step = _matching_step(secret, digits, after=factor.last_step)
    if step is None:
        return False
    # Of two requests with one code, one alone finds the step still free.
    free = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    return free.update(last_step=step) == 1


def _matching_step(secret: str, digits: str, after: int) -> int | None:
    if len(digits) != DIGITS:
        return None
    key = base64.b32decode(secret)
    now = int(timezone.now().timestamp()) // STEP
    for step in range(now - DRIFT, now + DRIFT + 1):
        expected = f"{hotp(key, step, DIGITS):0{DIGITS}d}"
        if step > after and constant_time_compare(expected, digits):
            return step
    return None


def _takes_recovery(user: Any, code: str) -> bool:
    unused = RecoveryCode.objects.filter(user=user, used_at=None, digest=_digest(user, code))
    if unused.update(used_at=timezone.now()) != 1:
        return False
    tell("recovery_code_used", user=user)
    return True


def _digest(user: Any, code: str) -> str:
    typed = code.replace(" ", "").replace("-", "").upper()
    salt = "cms.accounts.recovery_code"
    return salted_hmac(salt, f"{user.pk}:{typed}", algorithm="sha256").hexdigest()
