"""Finds common questions by the words of a search, the best first, and marks what was found."""

import math
from collections.abc import Iterable
from typing import Any

from bs4 import BeautifulSoup

from cms.thai.marking import has_any, marked
from cms.thai.words import terms_in, words_asked

MAX_QUERY = 200  # characters
_IN_QUESTION, _IN_ANSWER, _IN_PART = 3.0, 1.0, 0.5  # how much a place counts


def search(query: str, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The questions in which any word of `query` stands, each with its words marked.

    `questions` have `question` and `answer.html`; what is found has `marked_question` and
    `marked_answer` besides. A word counts more in the question than in the answer, and more the
    rarer it is; a word that is only part of a longer one counts half.
    """
    words = words_asked(query[:MAX_QUERY])
    places = [_places(question, words) for question in questions]
    rarity = {word: _rarity(word, places) for word in words}
    scored = [
        (sum(rarity[word] * weight for word, weight in place.items()), question)
        for place, question in zip(places, questions, strict=True)
    ]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return [_marked(question, words) for _score, question in best]


def _places(question: dict[str, Any], words: list[str]) -> dict[str, float]:
    """How much each word counts in one question, by the best place in which it stands."""
    found: dict[str, float] = {}
    answer = " ".join(_texts_of(BeautifulSoup(question["answer"]["html"], "html.parser")))
    for text, weight in ((question["question"], _IN_QUESTION), (answer, _IN_ANSWER)):
        for term in terms_in(text):
            if term.text in words:
                counts = weight * (_IN_PART if term.is_part else 1)
                found[term.text] = max(found.get(term.text, 0), counts)
    return found


def _rarity(word: str, places: list[dict[str, float]]) -> float:
    having = sum(word in place for place in places)
    return math.log(1 + len(places) / having) if having else 0


def _marked(question: dict[str, Any], words: list[str]) -> dict[str, Any]:
    return {
        **question,
        "marked_question": marked(question["question"], words),
        "marked_answer": marked_html(question["answer"]["html"], words),
    }


def marked_html(html: str, words: list[str]) -> str:
    """Safe HTML with `<mark>` around each of the words in its texts; its tags are left alone."""
    soup = BeautifulSoup(html, "html.parser")
    for node in list(soup.find_all(string=True)):
        if has_any(str(node), words):
            with_marks = BeautifulSoup(marked(str(node), words), "html.parser")
            node.replace_with(*list(with_marks.contents))
    return str(soup)


def _texts_of(soup: BeautifulSoup) -> Iterable[str]:
    return (str(node) for node in soup.find_all(string=True))
