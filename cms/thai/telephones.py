"""Telephone numbers as Thai offices write them."""

import re

from cms.thai.digits import to_arabic_digits

_EXTENSION = re.compile(r"(?:ต่อ|ext\.?|extension|#)\s*(\d{1,6})", re.IGNORECASE)
_NEXT_NUMBER = re.compile(r"[,/;]|\bto\b|ถึง|หรือ")
_RANGE = re.compile(r"[-–]\s?\d{1,2}\s*$")  # "0 3900 0000-2": lines 0000 to 0002
_SHORTEST = 3  # emergency numbers


def dialled(number: str) -> str:
    """What a telephone dials, as a `tel:` address (RFC 3966); empty where that is unclear.

    `"0 3900 0000-2 ต่อ 12"` gives `"tel:039000000;ext=12"`: of several numbers the first.
    """
    number = to_arabic_digits(number)
    extension = _EXTENSION.search(number)
    main = number[: extension.start()] if extension else number
    main = _RANGE.sub("", _NEXT_NUMBER.split(main)[0].strip())
    digits = re.sub(r"\D", "", main)
    if len(digits) < _SHORTEST:
        return ""
    plus = "+" if main.startswith("+") else ""
    return f"tel:{plus}{digits}" + (f";ext={extension[1]}" if extension else "")
