"""The kinds of mails, by which people choose what they get.

Apps register theirs through the hook `register_mail_kinds`, which returns a list of `MailKind`.
"""

from dataclasses import dataclass
from typing import Any

from wagtail import hooks


@dataclass(frozen=True)
class MailKind:
    """One kind of mail: `label` says what it tells, for the person who chooses.

    An optional kind can be turned off. `is_for_staff` is False for what only goes to people
    outside the office, who choose nothing. Of a confidential kind the administrators' list
    shows neither subject nor recipient. `keeps_body` is False where the text must not stay in
    the database once it is sent.
    """

    name: str
    label: Any
    is_optional: bool = True
    is_for_staff: bool = True
    is_confidential: bool = False
    keeps_body: bool = True


def mail_kinds() -> dict[str, MailKind]:
    """Every kind that an app registered, by name, in the order of the apps."""
    found = [kind for hook in hooks.get_hooks("register_mail_kinds") for kind in hook()]
    return {kind.name: kind for kind in found}


def mail_kind(name: str) -> MailKind:
    """The kind of this name. Raises `LookupError` where no app registered it."""
    try:
        return mail_kinds()[name]
    except KeyError as error:
        raise LookupError(f"No app registered the kind of mail {name!r}.") from error
