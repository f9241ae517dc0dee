"""Forms as readers see them: every field with what was typed, what was wrong and how to fill it in.

Works without scripts. `website/templates/website/form.html` shows what `empty_form` and
`refused_form` return, on any page that has `formFields`.
"""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from website.desk import MAX_FILE, MAX_FILES, DeskFailed, Opened, Refused, open_form

GENERAL = ""  # the key of errors that belong to no field
CONSENT, ANONYMOUS = "consent", "anonymous"
# What stands behind each type of block: template, and attributes of the control.
_KINDS: dict[str, dict[str, Any]] = {
    "FormSectionBlock": {"template": "section"},
    "SingleLineFieldBlock": {"template": "line", "type": "text"},
    "MultiLineFieldBlock": {"template": "text"},
    "EmailFieldBlock": {"template": "line", "type": "email", "autocomplete": "email"},
    "TelephoneFieldBlock": {"template": "line", "type": "tel", "autocomplete": "tel"},
    "NumberFieldBlock": {"template": "line", "type": "text", "inputmode": "decimal"},
    "DateFieldBlock": {
        "template": "line",
        "type": "text",
        "hint": gettext_lazy("Day, month and year, for example 24/11/2569 or 24/11/2026"),
    },
    "CheckboxFieldBlock": {"template": "checkbox"},
    "CheckboxesFieldBlock": {"template": "choices", "type": "checkbox"},
    "RadioFieldBlock": {"template": "choices", "type": "radio"},
    "DropdownFieldBlock": {"template": "dropdown"},
    "FileFieldBlock": {"template": "file"},
}


def is_form(page: dict[str, Any]) -> bool:
    """Whether something can be sent from a page."""
    return page.get("formFields") is not None


def caching_of(page: dict[str, Any]) -> str:
    """How browsers keep a form. No shared cache may: each reader's form has a token of its own.

    A browser may, so that what was typed is there again when the reader comes back from a link;
    but not where corruption is reported, as others may use the same computer.
    """
    return "no-store" if page.get("channel") == "CORRUPTION" else "private, no-cache"


def empty_form(language: str, page: dict[str, Any]) -> dict[str, Any]:
    """The form of a page, to be filled in."""
    return _form(page, {}, Refused({}), _opened(language, page))


def refused_form(
    language: str, page: dict[str, Any], data: Any, refused: Refused
) -> dict[str, Any]:
    """The form with everything that was typed (`data`, a QueryDict), and what is wrong with it."""
    opened = _opened(language, page)
    if refused.token:
        opened = replace(opened, token=refused.token)
    # Whoever wrote pages until the last minute of a period keeps them: the message says it.
    opened = replace(opened, closed_reason="")
    return _form(page, dict(data.lists()), refused, opened)


def _opened(language: str, page: dict[str, Any]) -> Opened:
    try:
        opened = open_form(page, language)
    except DeskFailed:
        return Opened(closed_reason=_("The form cannot be sent now. Please try again later."))
    return opened or Opened(closed_reason=_("This form is not public any more."))


def _form(
    page: dict[str, Any], typed: dict[str, list[str]], refused: Refused, opened: Opened
) -> dict[str, Any]:
    fields = [_field(block, typed, refused) for block in page["formFields"]]
    boxes = _boxes(page, typed, refused)
    return {
        "token": opened.token,
        "closed_reason": opened.closed_reason,
        "fields": fields,
        **boxes,
        "errors": _errors(refused.errors, [*fields, *boxes.values()]),
        "has_required": any(field.get("required") for field in fields),
    }


def _field(block: dict[str, Any], typed: dict[str, list[str]], refused: Refused) -> dict[str, Any]:
    name, kind = block["id"], _KINDS[block["__typename"]]
    values = typed.get(name, [])
    staged = refused.staged.get(name, [])
    field = {
        **kind,
        **block,
        "autocomplete": block.get("autofill") or kind.get("autocomplete", ""),
        "html_id": f"f-{name}",
        "value": values[0] if values else "",
        "choices": [
            {"label": choice, "html_id": f"f-{name}-{number}", "is_chosen": choice in values}
            for number, choice in enumerate(block.get("choices") or [])
        ],
        "errors": refused.errors.get(name, []),
        "staged": staged,
        "understood": refused.understood.get(name, ""),
    }
    if kind["template"] == "file":
        field["hint"] = _file_hint()
    if kind["template"] == "choices" and field["choices"]:
        field["first_id"] = field["choices"][0]["html_id"]
    return {**field, "described_by": _described_by(field)}


def _described_by(field: dict[str, Any]) -> str:
    """The ids of what a screen reader says after the label."""
    parts = {
        "help": field.get("helpText"),
        "hint": field.get("hint"),
        "read": field["understood"],
        "error": field["errors"],
    }
    return " ".join(f"{field['html_id']}-{part}" for part, is_there in parts.items() if is_there)


def _file_hint() -> str:
    limits = {"size": MAX_FILE // 1024**2, "count": MAX_FILES}
    return (
        ngettext(
            "A picture, a PDF or a document (DOCX, XLSX, ODT, ODS). %(count)d file of up to"
            " %(size)d MB.",
            "Pictures, PDF or documents (DOCX, XLSX, ODT, ODS). Up to %(count)d files of up to"
            " %(size)d MB each.",
            MAX_FILES,
        )
        % limits
    )


def _boxes(
    page: dict[str, Any], typed: dict[str, list[str]], refused: Refused
) -> dict[str, dict[str, Any]]:
    """The boxes that no editor made: consent where it is the legal basis, and anonymity."""
    wanted = {
        CONSENT: page.get("needsConsent"),
        ANONYMOUS: page.get("allowAnonymous") or page.get("channel") == "CORRUPTION",
    }
    return {
        name: {
            "id": name,
            "html_id": f"f-{name}",
            "label": "",
            "is_ticked": bool(typed.get(name)),
            "errors": refused.errors.get(name, []),
        }
        for name, is_wanted in wanted.items()
        if is_wanted
    }


def _errors(errors: dict[str, list[str]], fields: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The summary: what concerns the whole form, then each field in the form's order, linked."""
    known = {field["id"]: field for field in fields}
    general = [name for name in errors if name not in known]
    in_order = [name for name in known if name in errors]
    return [_problem(known.get(name), message) for name in general for message in errors[name]] + [
        _problem(known[name], message) for name in in_order for message in errors[name]
    ]


def _problem(field: dict[str, Any] | None, message: str) -> dict[str, str]:
    if field is None:
        return {"message": message, "label": "", "target": ""}
    target = field.get("first_id") or field["html_id"]
    return {"message": message, "label": field["label"], "target": target}
