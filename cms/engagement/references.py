"""Reference numbers and receipt tokens: short to say, impossible to guess."""

import datetime
import re
import secrets

from cms.engagement.channels import Channel
from cms.thai.dates import fiscal_year
from cms.thai.digits import to_arabic_digits

# Without 0, O, 1, I, L and U, which are misread or misheard: 30 letters, 8 of them are 39 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = "".join(channel.letter for channel in Channel)
_SHAPE = re.compile(rf"([{_LETTERS}]\d\d)([{ALPHABET}]{{4}})([{ALPHABET}]{{4}})")


def new_reference(channel: Channel, day: datetime.date) -> str:
    """A reference number such as `F70-7K3M-9Q2P`: channel, fiscal year (B.E.), random part."""
    year = fiscal_year(day) % 100
    return f"{channel.letter}{year:02d}-{_random_letters()}-{_random_letters()}"


def new_receipt_token() -> str:
    """The secret part of the address of the sender's copy: 256 random bits."""
    return secrets.token_urlsafe(32)


def normal_reference(typed: str) -> str:
    """What somebody typed as a reference number is written: small letters, Thai digits, no dashes.

    Empty where it cannot be one.
    """
    letters = re.sub(r"[\s\-–—]", "", to_arabic_digits(typed)).upper()
    match = _SHAPE.fullmatch(letters)
    return "-".join(match.groups()) if match else ""


def _random_letters() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(4))
