"""The topics that public pages of a type are sorted under."""

from typing import Any

import graphene
from django.db.models import Count

from content_api.filters import plain
from content_api.scalars import Locale


class Topic(graphene.ObjectType):
    """What an editor called the subject of some pages, with their number."""

    name = graphene.String(required=True)
    count = graphene.Int(required=True)


class TopicQueries:
    """The root field about topics."""

    topics = graphene.List(
        graphene.NonNull(Topic),
        required=True,
        locale=Locale(required=True, default_value="th"),
        type=graphene.String(required=True, description="A type name, e.g. QuestionAnswerPage."),
        description="The topics of public pages of a type, the most frequent first.",
    )

    @staticmethod
    def resolve_topics(root: Any, info: Any, locale: str, type: str) -> list[Topic]:
        """Small: one row for each topic."""
        rows = info.context.reader().effective().filter(locale=plain(locale), type=type)
        counted = rows.exclude(topic="").values("topic").annotate(count=Count("pk"))
        return [
            Topic(name=row["topic"], count=row["count"])
            for row in counted.order_by("-count", "topic")
        ]
