"""What a submission would say now, and what is in the way of it.

The content is data of the public record alone, but for the answers and explanations themselves:
for each address the publication that stands there, its hash, and the click path in words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cms.assessors.answers import dead_addresses, file_hashes
from cms.assessors.click_paths import click_paths
from cms.assessors.models import Answer, AnswerAddress
from cms.oversight.models import Assessment, AssessmentItem
from cms.publication.models import Publication
from cms.publication.sites import origins_of
from cms.snapshot.snapshot import canonical_json, sha256

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Problem:
    """Why an answer cannot be submitted as it is."""

    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" if self.code else self.message


@dataclass
class Draft:
    """The answers of a year with what stands at their addresses now."""

    assessment: Assessment
    items: list[AssessmentItem] = field(default_factory=list)
    standing: dict[int, Publication] = field(default_factory=dict)  # by address
    paths: dict[int, list[dict[str, Any]]] = field(default_factory=dict)  # by publication
    languages: dict[UUID, list[str]] = field(default_factory=dict)  # by subject
    dead: set[str] = field(default_factory=set)  # addresses of ours that are no page, nor else
    files: dict[str, str] = field(default_factory=dict)  # by address

    @classmethod
    def read(cls, assessment: Assessment) -> "Draft":
        """Constant queries, whatever the number of items and addresses."""
        items = list(
            assessment.items.select_related("answer").prefetch_related("answer__addresses__address")
        )
        places = [
            one for item in items if (answer := answer_of(item)) for one in answer.addresses.all()
        ]
        named = [one.address_id for one in places if one.address_id]
        rows = list(_standing().filter(address__in=named))
        subjects = {row.subject for row in rows}
        found = cls(assessment, items, {row.address_id: row for row in rows}, click_paths(rows))
        everywhere = _standing().filter(subject__in=subjects).order_by("locale")
        for subject, locale in everywhere.values_list("subject", "locale"):
            found.languages.setdefault(subject, []).append(locale)
        urls = [one.url for one in places if one.url]
        found.dead, found.files = dead_addresses(urls), file_hashes(urls)
        return found

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that is in the way, in the order of the list."""
        if not self.items:
            return [Problem("", _("The list has no items."))]
        return [
            Problem(item.code, message) for item in self.items for message in self._problems(item)
        ]

    def _problems(self, item: AssessmentItem) -> Iterator[str]:
        answer = answer_of(item)
        addresses = list(answer.addresses.all()) if answer else []
        if answer is None or not answer.value:
            yield _("It has no answer yet.")
        elif answer.value == Answer.Value.YES and not addresses:
            yield _("The answer is yes, but no address shows it.")
        elif answer.value == Answer.Value.NO and addresses:
            yield _("The answer is no, but there are addresses. Remove them, or answer yes.")
        for one in addresses:
            words = {"address": one}
            if one.url in self.dead or (one.address_id and one.address_id not in self.standing):
                yield _("%(address)s is not public.") % words
            elif one.address_id and not self.steps(one):
                yield _("No way leads from the front page to %(address)s.") % words

    def steps(self, one: AnswerAddress) -> list[dict[str, Any]]:
        """The click path to an address; empty for another site's, and for what is not public."""
        row = self.standing.get(one.address_id) if one.address_id else None
        return self.paths.get(row.pk, []) if row else []

    @cached_property
    def content(self) -> str:
        """The canonical JSON that a submission freezes; only where there are no problems."""
        framework = self.assessment.framework
        return canonical_json(
            {
                "schema": SCHEMA_VERSION,
                "framework": framework.key,
                "titles": _titles(framework),
                "fiscalYear": self.assessment.fiscal_year,
                "items": [self._item(item) for item in self.items],
            }
        )

    @property
    def content_hash(self) -> str:
        """The SHA-256 of the content."""
        return sha256(self.content)

    def _item(self, item: AssessmentItem) -> dict[str, Any]:
        answer = item.answer  # type: ignore[attr-defined]
        return {
            "code": item.code,
            "group": item.group,
            "titles": _titles(item),
            "answer": answer.value,
            "explanations": {"th": answer.explanation_th, "en": answer.explanation_en},
            "addresses": [self._address(one) for one in answer.addresses.all()],
        }

    def _address(self, one: AnswerAddress) -> dict[str, Any]:
        if one.address is None:
            sha256 = self.files.get(one.url)
            return {"url": one.url, **({"contentHash": sha256} if sha256 else {})}
        row = self.standing[one.address.pk]
        return {
            "url": f"{origins_of([one.address.root])[0]}{one}",
            "address": one.address.pk,
            "permanentId": one.address.short_id,
            "locale": row.locale,
            "title": row.title,
            "publication": row.sequence,
            "contentHash": row.content_hash,
            "languages": self.languages[row.subject],
            "clickPath": self.steps(one),
        }


def answer_of(item: AssessmentItem) -> Answer | None:
    """The answer to an item, None before there is one."""
    return getattr(item, "answer", None)


def _standing() -> QuerySet[Publication]:
    """What everybody can read now, as pages."""
    rows = Publication.objects.effective().filter(address__path__isnull=False)
    return rows.select_related("address")


def _titles(named: Any) -> dict[str, str]:
    return {"th": named.title_th, "en": named.title_en}
