"""The GraphQL documents that are measured, each with its variables."""

import json
from typing import Any

IMAGE = """
fragment ImageParts on Image {
  alt credit width height url webp: srcset(format: WEBP) jpeg: srcset(format: JPEG)
}
"""
BLOCKS = (
    IMAGE
    + """
fragment FileParts on File { title url filename contentType size }
fragment BlockParts on Block {
  __typename
  id
  ... on HeadingBlock { heading }
  ... on RichTextBlock { richText { html } }
  ... on ImageBlock { caption image { ...ImageParts } }
  ... on TableBlock { caption table { columns rows } }
  ... on QuoteBlock { quotation attribution }
  ... on CallOutBlock { tone title message { html } }
  ... on DocumentListBlock { title documents { ...FileParts } }
  ... on DocumentBlock { document { ...FileParts } }
}
"""
)
LIST = (
    IMAGE
    + """
query NewsList($locale: Locale!, $first: Int!, $after: String) {
  news(locale: $locale, first: $first, after: $after) {
    nodes {
      id title summary path kind postedOn publishedAt isUrgent
      leadImage { ...ImageParts }
    }
    pageInfo { hasNextPage }
  }
}
"""
)
ARTICLE = (
    BLOCKS
    + """
query Article($path: String!, $locale: Locale!) {
  page(path: $path, locale: $locale) {
    ... on NewsPage {
      id title summary path permanentId kind kindLabel postedOn publishedAt contentHash
      leadImage { ...ImageParts }
      body { ...BlockParts }
      attachments { ...BlockParts }
    }
  }
}
"""
)
FEED = (
    BLOCKS
    + """
query Feed($locale: Locale!) {
  news(locale: $locale, first: 100) {
    nodes {
      id title summary path permanentPath kind postedOn publishedAt
      body { ...BlockParts }
      attachments { ...BlockParts }
    }
  }
}
"""
)
NAVIGATION = """
query Navigation($locale: Locale!) {
  navigation(locale: $locale) {
    title path children { title path children { title path } }
  }
}
"""
DOCUMENTS: dict[str, str] = {
    "list": LIST,
    "deep": LIST,
    "article": ARTICLE,
    "feed": FEED,
    "navigation": NAVIGATION,
}


# The same questions in other words, of which no ready text was made.
UNPREPARED = {name: text.replace("id title", "id id title") for name, text in DOCUMENTS.items()}
ORDER = ("-posted_on", "-id")  # of the news


def parameters(name: str, given: dict[str, Any], is_prepared: bool = True) -> dict[str, str]:
    """A question as a query string asks it."""
    query = (DOCUMENTS if is_prepared else UNPREPARED)[name]
    return {"query": query, "variables": json.dumps(given)}


def variables(name: str, number: int, deep_cursor: str) -> dict[str, Any]:
    """What a question is asked with; `number` chooses the article."""
    return {
        "list": {"locale": "TH", "first": 20},
        "deep": {"locale": "TH", "first": 20, "after": deep_cursor},
        "article": {"locale": "TH", "path": f"/news/item-{number}/"},
        "feed": {"locale": "TH"},
        "navigation": {"locale": "TH"},
    }[name]
