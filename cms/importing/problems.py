"""What is wrong with a file or a row, and what is only worth knowing: as codes with values.

They are stored so, and put into words for each reader in their own language.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from cms.importing.columns import label_of
from cms.opendata.problems import PROBLEMS as FILE_PROBLEMS

WORDS = {
    # of a whole file, beside those of `cms.opendata.problems`
    "not_a_file_of_rows": _(
        "This is neither a spreadsheet nor a WordPress export: its content is %(found)s. Choose"
        " an XLSX, ODS or CSV file, or the XML file that WordPress exports."
    ),
    "file_too_large": _(
        "The file has more than %(limit)s MB. Split it into several files and import one after"
        " the other."
    ),
    "too_many_to_import": _(
        "The file has more than %(limit)s rows. Split it into several files and import one after"
        " the other."
    ),
    "broken_xml": _(
        "The file cannot be read from line %(line)s on. Export it from WordPress again."
    ),
    "not_wordpress": _(
        "This XML file is not an export of WordPress. There, choose Tools, Export, All content."
    ),
    "no_column": _(
        "The first row has no column “%(label)s”. Write the headings as they are in the template."
    ),
    "not_allowed": _("You may no longer import: ask an administrator."),
    "file_gone": _("The uploaded file is no longer kept. Upload it again."),
    "failed": _(
        "The import failed for a reason in the system, not in the file. Nothing was imported. Try"
        " again; if it fails again, tell the administrator."
    ),
    # of a row
    "rule": "",  # the words of a field or of a type, kept in both languages
    "too_long": _("The text has more than %(limit)s characters. Shorten or split it."),
    "empty": _("It is empty. Fill it in."),
    "no_key": _(
        "It has neither a code nor an old address, so a second import could not know it again."
        " Give it one of the two."
    ),
    "key_twice": _("Row %(other)s has the same code. Give each row its own."),
    "unknown_type": _("“%(value)s” is not among the kinds of content: %(choices)s."),
    "unknown_choice": _("“%(value)s” is not a choice. Write one of: %(choices)s."),
    "unknown_section": _(
        "There is no section “%(value)s”. Write its path, for example /news/, or its title."
    ),
    "ambiguous_section": _("Several sections are called “%(value)s”. Write the path of one."),
    "no_section": _("It does not say in which section. Fill it in, or choose one for all rows."),
    "closed_section": _("You may not add pages in the section “%(value)s”."),
    "unknown_department": _("There is no division “%(value)s”."),
    "no_department": _("Give your own division: each division prepares its own content."),
    "other_department": _("You do not work for the division “%(value)s”."),
    "unknown_item": _("There is no disclosure item “%(value)s”. Write its code, e.g. 1.4(1)."),
    "not_a_year": _("“%(value)s” is not a year. Write it with four digits, e.g. 2569."),
    "other_division_before": _(
        "This row was imported before and belongs to another division than yours."
    ),
    # worth knowing
    "unknown_column": _("The column “%(value)s” is not known and was left out."),
    "no_such_field": _("The kind “%(kind)s” has no such field; it was left out."),
    "lacks": _("The draft still lacks: %(fields)s. Fill it in before it is signed."),
    "files": _("To be uploaded by hand: %(files)s"),
    "shortcodes": _("These shortcodes were taken out of the text: %(names)s"),
    "edited": _("Edited here since the last import: left alone."),
    "in_signing": _("It is being signed: left alone."),
    "locked": _("It is locked: left alone."),
    "not_moved": _("It stays in its section. Move it here, if it belongs elsewhere."),
    "not_published": _("Left out, as it was not public there (%(status)s)."),
    "protected": _("Left out, as it was protected by a password there."),
    "redirect_by_hand": _(
        "The old address %(address)s cannot be redirected, as it has a “?”. Links to it will break."
    ),
}


@dataclass(frozen=True)
class Problem:
    """One finding. `row` 0 is the whole file; `column` a key of `columns.COLUMNS` or empty."""

    code: str
    row: int = 0
    column: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """What the database keeps."""
        return asdict(self)

    @property
    def column_label(self) -> str:
        """The heading of the column in the reader's language."""
        return capfirst(label_of(self.column)) if self.column else ""

    @property
    def words(self) -> str:
        """The finding in the reader's language."""
        if self.code == "rule":
            return self.params.get(get_language() or "", "") or self.params["en"]
        words = WORDS.get(self.code) or FILE_PROBLEMS[self.code]
        return str(words) % {name: _worded(value) for name, value in self.params.items()}


def _worded(value: Any) -> Any:
    """Lists as text; names that are ours (msgids) in the reader's language."""
    if isinstance(value, list):
        return ", ".join(str(_worded(one)) for one in value)
    if isinstance(value, dict):
        return capfirst(gettext(value["msgid"]))
    return value


def named(text: Any) -> dict[str, str]:
    """A lazy text of ours as a value that is put into words later."""
    with translation.override(None):
        return {"msgid": str(text)}


def objection(act: Callable[[], Any]) -> dict[str, str] | None:
    """What `act` objects to, in every language; None where it does not object."""
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            try:
                act()
            except ValidationError as error:
                words[code] = " ".join(error.messages)
            except ValueError as error:
                words[code] = str(error)
            else:
                return None
    return words
