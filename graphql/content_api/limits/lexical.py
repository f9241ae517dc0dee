"""Counts tokens and brackets of a document before anything parses it, and stops at the limit."""

import re

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from content_api.errors import Code, Refused

MAX_CHARACTERS = 50_000  # the parser reads texts and comments letter by letter
# The deepest that brackets and selections may stand in each other. Each of the levels of a document
# can need a selection, a fragment and an argument; the parser and the validation are recursive.
MAX_NESTING = 48

# As https://spec.graphql.org/October2021/#sec-Appendix-Grammar-Summary.Lexical-Tokens; what matches
# nothing is skipped, as the parser will say what is wrong with it. Possessive, so never quadratic.
_TOKEN = re.compile(
    r"""(?P<ignored>[\s,\ufeff]++|\#[^\n\r]*+)
    |(?P<open>[{(\[])
    |(?P<close>[})\]])
    |\"\"\"(?:[^"\\]|\\\"\"\"|\\|"(?!""))*+(?:\"\"\")?
    |"(?:[^"\\\n\r]|\\.)*+"?
    |\.\.\.
    |[_A-Za-z][_0-9A-Za-z]*+
    |-?[0-9][0-9A-Za-z.+-]*+
    |.""",
    re.VERBOSE | re.DOTALL,
)

# NUL, itself or escaped: PostgreSQL has no place for it.
_NUL = re.compile(r"\x00|\\u(?:0000|\{0+\})")


def check_text(text: str) -> int:
    """The number of tokens of a document. Raises `Refused`.

    It reads no further than to the limit.
    """
    tokens = depth = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "ignored":
            continue
        tokens += 1
        if tokens > settings.GRAPHQL_MAX_TOKENS:
            raise Refused(
                _("The document has more than %(maximum)s tokens."),
                Code.LIMIT_TOKENS,
                maximum=settings.GRAPHQL_MAX_TOKENS,
            )
        depth += (kind == "open") - (kind == "close")
        if depth > MAX_NESTING:
            raise Refused(
                _("The document has more than %(maximum)s brackets in each other."),
                Code.LIMIT_DEPTH,
                maximum=MAX_NESTING,
            )
    if len(text) > MAX_CHARACTERS:
        raise Refused(
            _("The document has more than %(maximum)s characters."),
            Code.LIMIT_SIZE,
            maximum=MAX_CHARACTERS,
        )
    if _NUL.search(text):
        raise Refused(_("A text may not contain the character U+0000."), Code.BAD_USER_INPUT)
    return tokens
