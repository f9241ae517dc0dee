"""Tokens and brackets are counted as graphql-core does, and no further than to the limit."""

from contextlib import suppress

import pytest
from graphql import Lexer, Source, TokenKind, print_ast
from hypothesis import given
from hypothesis import strategies as st

from content_api.errors import Code, Refused
from content_api.limits.lexical import MAX_NESTING, check_text
from content_api.operations import document, operation_names

PIECES = ["{", "}", "(", ")", "[", "]", ":", "!", "$a", "@x", "...", "|", "&", "=", " ", ",", "\n"]
PIECES += [
    "name",
    "_n1",
    "12",
    "-3.5e-7",
    '""',
    '"a b"',
    r'"\" ก"',
    '"""a\n"b" \\""" "" c"""',
    "#c\n",
]


def tokens_of(text: str) -> int:
    lexer = Lexer(Source(text))
    count = 0
    while lexer.advance().kind != TokenKind.EOF:
        count += 1
    return count


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_tokens_are_counted_as_the_parser_counts(text):
    with suppress(Refused):  # too many brackets
        assert check_text(text) == tokens_of(text)


@pytest.mark.parametrize("name", operation_names())
def test_our_own_operations_are_within_the_limits(name):
    text = print_ast(document(name))

    assert check_text(text) == tokens_of(text)


def test_counting_stops_at_the_limit(settings):
    settings.GRAPHQL_MAX_TOKENS = 10

    with pytest.raises(Refused) as refused:
        check_text("a " * 11 + '"' * 3 + "x" * 40_000)

    assert refused.value.code == Code.LIMIT_TOKENS


@pytest.mark.parametrize("opening", ["{a", "[", "(a:", "{a(b:["])
def test_brackets_in_each_other_are_refused(opening):
    with pytest.raises(Refused) as refused:
        check_text(opening * (MAX_NESTING + 1))

    assert refused.value.code == Code.LIMIT_DEPTH


@given(st.text(alphabet='{}()[]"#\\ab1.-!$ \n\r\ufeff\x00ก', max_size=60))
def test_no_text_is_too_odd_to_be_counted(text):
    with suppress(Refused):  # too many brackets
        assert check_text(text) <= len(text)
