"""Scalars for values that a snapshot holds as text already."""

import datetime
from typing import Any

import graphene
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from graphql import StringValueNode

from content_api.errors import Refused


class Date(graphene.Scalar):
    """A day as ISO 8601 in the common era, e.g. 2026-11-23."""

    @staticmethod
    def serialize(value: Any) -> str:
        """ISO text, or a date."""
        return value.isoformat() if isinstance(value, datetime.date) else str(value)

    @staticmethod
    def parse_value(value: Any) -> datetime.date:
        """Refuses what is no day, and years from 2400: those are Buddhist-era years."""
        try:
            day = parse_date(str(value))
        except ValueError:
            day = None
        if day is None or day.year >= 2400:
            raise Refused(_("A date must be ISO 8601 in the common era, e.g. 2026-11-23."))
        return day

    @classmethod
    def parse_literal(cls, node: Any, _variables: Any = None) -> datetime.date:
        """A date written in the query."""
        return cls.parse_value(node.value if isinstance(node, StringValueNode) else None)


class DateTime(graphene.Scalar):
    """A moment as ISO 8601 with its time zone, e.g. 2026-11-23T02:00:00Z."""

    @staticmethod
    def serialize(value: Any) -> str:
        """ISO text, or an aware datetime in UTC."""
        if isinstance(value, datetime.datetime):
            value = value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
        return str(value)

    @staticmethod
    def parse_value(value: Any) -> datetime.datetime:
        """Refuses a moment without a time zone, and those that other zones cannot tell."""
        try:
            moment = parse_datetime(str(value))
            if moment and moment.tzinfo:
                moment.astimezone(datetime.UTC)
        except (ValueError, OverflowError):
            moment = None
        if moment is None or moment.tzinfo is None or moment.year >= 2400:
            raise Refused(_("A time must be ISO 8601 with a zone, e.g. 2026-11-23T02:00:00Z."))
        return moment

    @classmethod
    def parse_literal(cls, node: Any, _variables: Any = None) -> datetime.datetime:
        """A moment written in the query."""
        return cls.parse_value(node.value if isinstance(node, StringValueNode) else None)


def plain(value: Any) -> Any:
    """Graphene hands on enum members or their values: the value."""
    return getattr(value, "value", value)


class JSON(graphene.Scalar):
    """Any JSON value."""

    @staticmethod
    def serialize(value: Any) -> Any:
        """As it is."""
        return value


class Locale(graphene.Enum):
    """A language of the site."""

    TH = "th"
    EN = "en"
