"""Days and fiscal years as Thai offices write them, beside the ISO 8601 of every field."""

import datetime
from typing import Any

import graphene
from django.utils import translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from graphene.types.unmountedtype import UnmountedType

from cms.thai.dates import BUDDHIST_ERA_OFFSET, format_date
from cms.thai.digits import to_thai_digits
from content_api.immutable import immutable, is_immutable
from content_api.scalars import Date, DateTime, Locale


class DateStyle(graphene.Enum):
    """How much of a date is written out."""

    SHORT = "d/m/Y"
    MEDIUM = "j M Y"
    LONG = "j F Y"
    FULL = "l j F Y"

    @property
    def description(self) -> str:
        """Of a value, by example."""
        examples = {
            "SHORT": "20/11/2569, or 20/11/2026.",
            "MEDIUM": "20 พ.ย. 2569, or 20 Nov 2026.",
            "LONG": "20 พฤศจิกายน 2569, or 20 November 2026.",
            "FULL": "วันศุกร์ที่ 20 พฤศจิกายน 2569, or Friday 20 November 2026.",
        }
        return examples[self.name]


_FULL = "l j F Y"


class Numerals(graphene.Enum):
    """The digits of a text."""

    ARABIC = "arabic"
    THAI = "thai"

    @property
    def description(self) -> str:
        """Of a value, by example."""
        return "2569." if self.name == "ARABIC" else "๒๕๖๙; in English texts as ARABIC."


class FiscalYear(graphene.ObjectType):
    """A fiscal year of the office: from 1 October to 30 September."""

    ce = graphene.Int(required=True, description="In the common era, e.g. 2027.")
    be = graphene.Int(required=True, description="In the Buddhist era, e.g. 2570.")
    label = graphene.String(
        required=True,
        description="In the language of the record: Fiscal year 2027 (B.E. 2570).",
    )
    starts_on = Date(required=True, description="Its first day.")
    ends_on = Date(required=True, description="Its last day.")


def fiscal_year(year: int | None, language: str) -> FiscalYear | None:
    """The fiscal year of the Buddhist era that a record names; None where it names none."""
    if not year:
        return None
    common = year - BUDDHIST_ERA_OFFSET
    with translation.override(language):
        era = _("B.E. %(year)s") % {"year": year}
        written = era if language == "th" else f"{common} ({era})"
        label = _("Fiscal year %(year)s") % {"year": written}
    return FiscalYear(
        ce=common,
        be=year,
        label=label,
        starts_on=datetime.date(common - 1, 10, 1),
        ends_on=datetime.date(common, 9, 30),
    )


def written(value: Any, language: str, style: str, numerals: str, time: bool) -> str | None:
    """A day or moment (ISO text too) in words: Buddhist era in Thai, common era in English."""
    if isinstance(value, str):
        value = parse_datetime(value) if "T" in value else parse_date(value)
    if value is None:
        return None
    if language == "th" and style == _FULL:
        text = f"วัน{format_date(value, language, 'l')}ที่ {format_date(value, language)}"
    else:
        text = format_date(value, language, style)
    if time and isinstance(value, datetime.datetime):
        clock = format_date(value, language, "H:i")
        text += f" เวลา {clock} น." if language == "th" else f", {clock}"
    return to_thai_digits(text) if numerals == "thai" and language == "th" else text


def add_formatted_dates() -> None:
    """Gives every Date and DateTime field of the schema its sibling `<name>Formatted`."""
    for kind in [*_below(graphene.Interface), *_below(graphene.ObjectType)]:
        for name, field in list(kind._meta.fields.items()):
            if f"{name}_formatted" in kind._meta.fields or not isinstance(field, graphene.Field):
                continue
            inner = getattr(field.type, "of_type", field.type)
            if inner in (Date, DateTime):
                has_time = inner is DateTime
                kind._meta.fields[f"{name}_formatted"] = _formatted(kind, name, field, has_time)


def _formatted(kind: Any, name: str, field: Any, has_time: bool) -> graphene.Field:
    resolve = field.resolver or _resolver_of(kind, name)

    def resolve_formatted(
        record: Any,
        info: Any,
        style: Any,
        numerals: Any,
        locale: Any = None,
        time: bool = False,
    ) -> str | None:
        value = resolve(record, info) if resolve else getattr(record, name)
        language = getattr(locale, "value", locale) or language_of(record)
        plain_style, plain_numerals = (getattr(one, "value", one) for one in (style, numerals))
        return written(value, language, plain_style, plain_numerals, time)

    if resolve is None or is_immutable(resolve):
        immutable(resolve_formatted)
    arguments: dict[str, UnmountedType] = {
        "style": DateStyle(
            required=True, default_value="j F Y", description="How much is written out."
        ),
        "numerals": Numerals(required=True, default_value="arabic", description="The digits."),
        "locale": Locale(description="Default: the language of the record, or else Thai."),
    }
    if has_time:
        arguments["time"] = graphene.Boolean(
            required=True, default_value=True, description="Whether the time of day is written too."
        )
    text = "in words: Buddhist era in Thai, common era in English; in the office's time zone."
    return graphene.Field(
        graphene.String,
        required=isinstance(field.type, graphene.NonNull),
        description=f"`{_camel(name)}` {text}",
        resolver=resolve_formatted,
        **arguments,
    )


def _resolver_of(kind: Any, name: str) -> Any:
    """As graphene finds it: the type's own, or that of an interface; None for an attribute."""
    owners = [kind, *getattr(kind._meta, "interfaces", ())]
    found = (getattr(owner, f"resolve_{name}", None) for owner in owners)
    return next((resolve for resolve in found if resolve), None)


def language_of(record: Any) -> str:
    """The language of what a date belongs to: its own, or its publication's."""
    publication = getattr(record, "publication", None)
    if publication is None and isinstance(record, tuple):
        publication = record[-1]
    for holder in (record, publication):
        language = getattr(holder, "locale", None)
        if language:
            return str(getattr(language, "value", language))
    return "th"


def _below(base: Any) -> list[Any]:
    found = []
    for kind in base.__subclasses__():
        found += [kind, *_below(kind)]
    return [kind for kind in found if hasattr(getattr(kind, "_meta", None), "fields")]


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.title() for part in others)
