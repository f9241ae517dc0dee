"""The drafts that can be put into a release, found by title, both languages together."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Locale, WorkflowState

from cms.signoff.models import ReleaseItem
from cms.signoff.release_preparing import may_edit
from pages.models import ContentPage, SignableSnippet

LIMIT = 30  # subjects; whoever looks for another one types more of its title


@dataclass(frozen=True)
class Draft:
    """One draft of one language. `obstacle` says why it cannot be added; empty where it can."""

    key: str
    title: str
    language: str
    obstacle: str


@dataclass
class Candidate:
    """A page or record with the drafts of its languages, Thai first."""

    type_name: str
    drafts: list[Draft] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title of its first draft."""
        return self.drafts[0].title


def candidates(query: str, user: Any) -> list[Candidate]:
    """What has changes that are not public, that `user` may edit; newest first."""
    found: list[Candidate] = []
    for model in _models():
        items = list(_changed(model, query))
        if items:
            found += _grouped(items, user)
    return found[:LIMIT]


def item_of(key: str) -> Any:
    """The page or record that a `Draft.key` names, or None."""
    content_type_id, _colon, pk = key.partition(":")
    if not content_type_id.isdigit() or not pk.isdigit():
        return None
    model = ContentType.objects.get_for_id(int(content_type_id)).model_class()
    if model is None or not issubclass(model, (ContentPage, SignableSnippet)):
        return None
    item = model.objects.filter(pk=pk).first()
    return item.specific if isinstance(item, ContentPage) else item


def _models() -> list[type]:
    snippets = [model for model in apps.get_models() if issubclass(model, SignableSnippet)]
    return [ContentPage, *snippets]


def _changed(model: Any, query: str) -> QuerySet:
    """Drafts by title, and their translations, whose titles are others."""
    changed = model.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    newest = changed.order_by("-latest_revision__created_at")
    named = Q(title__icontains=query) | Q(latest_revision__object_str__icontains=query)
    keys = list(newest.filter(named).values_list("translation_key", flat=True)[: 2 * LIMIT])
    return newest.filter(translation_key__in=keys).select_related("latest_revision")


def _grouped(items: list[Any], user: Any) -> list[Candidate]:
    content_type = items[0].get_base_content_type()
    ids = [str(item.pk) for item in items]
    released = dict(
        ReleaseItem.objects.filter(content_type=content_type, object_id__in=ids, is_open=True)
        .select_related("release")
        .values_list("object_id", "release__title")
    )
    alone = set(
        WorkflowState.objects.filter(
            base_content_type=content_type,
            object_id__in=ids,
            status=WorkflowState.STATUS_IN_PROGRESS,
        ).values_list("object_id", flat=True)
    )
    names = {locale.pk: locale.get_display_name() for locale in Locale.objects.all()}
    kind = ContentType.objects.get_for_model(items[0], for_concrete_model=False)
    groups: dict[Any, list[tuple[int, Any, Draft]]] = defaultdict(list)
    for item in items:
        if may_edit(item, user):
            obstacle = _obstacle(str(item.pk), released, alone)
            key = f"{kind.pk}:{item.pk}"
            title = item.latest_revision.object_str or item.title
            draft = Draft(key, title, names[item.locale_id], obstacle)
            groups[item.translation_key].append((item.locale_id, item, draft))
    return [_candidate(sorted(group, key=lambda entry: entry[0])) for group in groups.values()]


def _candidate(group: list[tuple[int, Any, Draft]]) -> Candidate:
    item = group[0][1]
    model = item.cached_content_type.model_class() if isinstance(item, ContentPage) else type(item)
    name = capfirst(str(model._meta.verbose_name))
    return Candidate(name, [draft for _locale, _item, draft in group])


def _obstacle(pk: str, released: dict[str, str], alone: set[str]) -> str:
    if pk in released:
        return _("in the release “%(release)s”") % {"release": released[pk]}
    return _("being signed on its own") if pk in alone else ""
