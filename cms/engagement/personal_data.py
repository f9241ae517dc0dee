"""Finds what may be personal data in a text, for whoever frees it of that before it is public."""

import re

from django.utils.translation import gettext as _

from cms.thai.digits import to_arabic_digits

_EMAIL = re.compile(r"[^\s@<>(),;]+@[^\s@<>(),;]+\.[^\s@<>(),;]+")
_DIGITS = re.compile(r"\+?\d(?:[ \-.]?\d){7,}")
_NATIONAL_ID_LENGTH = 13
_TELEPHONE_LENGTHS = range(8, 13)


def personal_data_in(text: str) -> list[str]:
    """One sentence for each thing found, in the user's language, with the thing itself."""
    plain = to_arabic_digits(text)
    email = _("An e-mail address: %(found)s")
    telephone = _("A telephone number, perhaps: %(found)s")
    national_id = _("A number of 13 digits, as identity cards have: %(found)s")
    found = [email % {"found": match} for match in _EMAIL.findall(plain)]
    for match in _DIGITS.findall(plain):
        length = sum(character.isdigit() for character in match)
        if length == _NATIONAL_ID_LENGTH:
            found.append(national_id % {"found": match})
        elif length in _TELEPHONE_LENGTHS:
            found.append(telephone % {"found": match})
    return list(dict.fromkeys(found))
