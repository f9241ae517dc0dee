"""A page of common questions for search engines: schema.org/FAQPage."""

from typing import Any

from django.conf import settings
from django.http import QueryDict

from website.json_ld import json_ld


def faq_data(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """The context that `faq_page.html` needs besides its page."""
    address = f"{settings.BASE_URL}{page['path']}"
    questions = [
        {
            "@type": "Question",
            "name": question["question"],
            "url": f"{address}#q-{question['id']}",
            "acceptedAnswer": {"@type": "Answer", "text": question["answer"]["html"]},
        }
        for question in page["questions"]
    ]
    data = {"@type": "FAQPage", "url": address, "inLanguage": language, "mainEntity": questions}
    return {"json_ld": json_ld(data)}
