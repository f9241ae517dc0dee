"""File names that keep their Thai vowels and tone marks."""

import re
import unicodedata

from django.core.files.storage import FileSystemStorage

# Django's own rule keeps \w only, which no Thai vowel or tone mark is: ตัวอย่าง became ตวอยาง.
_FORBIDDEN = re.compile(r"[^\w.\-\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def valid_filename(name: str) -> str:
    """A name that is safe in storage and in addresses: NFC, spaces as underscores.

    `"แผน พัฒนา (1).pdf"` becomes `"แผน_พัฒนา_1.pdf"`. A name without any usable character becomes
    `"file"`.
    """
    text = unicodedata.normalize("NFC", name).strip().replace(" ", "_")
    text = _FORBIDDEN.sub("", text).strip(".")
    return text or "file"


class ThaiFileSystemStorage(FileSystemStorage):
    """The file system, with names that Thai readers recognise."""

    def get_valid_name(self, name: str) -> str:
        """Called for each uploaded file."""
        return valid_filename(name)
