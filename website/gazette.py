"""The Government Gazette reference of a law in its usual form."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.thai.templatetags.thai import office_date

_SPECIAL = ("พิเศษ", "special")


def reference(law: dict[str, Any]) -> str:
    """Volume, part, page and day, as far as they are known; empty where nothing is.

    In Thai "เล่ม 136 ตอนที่ 69 ก หน้า 52 วันที่ 27 พฤษภาคม 2562"; a special part is "ตอนพิเศษ 100 ง".
    """
    part = law["gazettePart"].strip()
    special = next((word for word in _SPECIAL if part.lower().startswith(word)), "")
    part = part[len(special) :].strip()
    pieces = [
        (law["gazetteVolume"], _("volume %(text)s")),
        (part, _("special part %(text)s") if special else _("part %(text)s")),
        (law["gazettePage"], _("page %(text)s")),
        (office_date(law["gazetteOn"]), _("on %(text)s")),
    ]
    known = [words % {"text": text} for text, words in pieces if text]
    return (" " if get_language() == "th" else ", ").join(known)
