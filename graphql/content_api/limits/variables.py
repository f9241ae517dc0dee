"""The limits of the values that a request brings along, before they are matched with the schema."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from content_api.errors import Code, Refused

MAX_NESTING = 16  # matching values with their types is recursive, and so are conditions in SQL


def check_variables(variables: dict[str, Any] | None) -> None:
    """Raises `Refused` for too many values, values too deep in each other, and U+0000."""
    count = 0
    level: list[Any] = list((variables or {}).values())
    for _depth in range(MAX_NESTING):
        count += len(level)
        if any(isinstance(value, str) and "\x00" in value for value in level):
            raise Refused(_("A text may not contain the character U+0000."), Code.BAD_USER_INPUT)
        if count > settings.GRAPHQL_MAX_INPUT_VALUES:
            raise Refused(
                _("The variables have more than %(maximum)s values."),
                Code.LIMIT_SIZE,
                maximum=settings.GRAPHQL_MAX_INPUT_VALUES,
            )
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return
    raise Refused(
        _("The variables have more than %(maximum)s values in each other."),
        Code.LIMIT_DEPTH,
        maximum=MAX_NESTING,
    )


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
