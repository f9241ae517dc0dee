"""Common questions by topic, and the search among them (announcement 1.1 (5))."""

from typing import Any

from django.http import QueryDict

from website.languages import locale_of
from website.question_search import MAX_QUERY, search
from website.walking import every_node


def questions(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """Every topic below a section; with `?q=` the questions that a search finds.

    For `listings/questions.html`.
    """
    asked = " ".join(parameters.get("q", "")[:MAX_QUERY].split())
    variables = {"locale": locale_of(language), "under": page["path"]}
    topics = list(every_node("questions", "pages", variables))
    every = [
        {**question, "topic": topic["title"], "address": f"{topic['path']}#q-{question['id']}"}
        for topic in topics
        for question in topic["questions"]
    ]
    return {
        "topics": topics,
        "query": asked,
        "found": search(asked, every) if asked else [],
        "count": len(every),
    }
