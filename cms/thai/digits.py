"""Thai digits to Arabic and back."""

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def to_thai_digits(text: str) -> str:
    """`"2569"` becomes `"๒๕๖๙"`; everything else stays."""
    return text.translate(_TO_THAI)


def to_arabic_digits(text: str) -> str:
    """`"๒๕๖๙"` becomes `"2569"`; everything else stays."""
    return text.translate(_TO_ARABIC)
