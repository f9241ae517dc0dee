"""What happens to the public record, told to whoever passes it on: caches, other front ends.

Apps listen through the hook `public_change`, which is called with a list of `PublicChange` in the
transaction of the act: what they write down is there exactly when the act is.
"""

import datetime
import logging
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.publication.models import Address, FormerPath, Publication
from cms.publication.sites import are_several, origins_of
from cms.publication.tags import tags_of

logger = logging.getLogger(__name__)


class ChangeType(models.TextChoices):
    """What can happen to a record in one language. The values are part of the contract."""

    PUBLISHED = "publication.published", _("published")
    BEGAN = "publication.began", _("its time began")
    MOVED = "publication.moved", _("has another address")
    WITHDRAWN = "publication.withdrawn", _("withdrawn")
    EXPIRED = "publication.expired", _("its time is over")
    COMPLETED = "publication.completed", _("its downloads are ready, or were checked")


@dataclass(frozen=True)
class PublicChange:
    """One change that the public can see. Nothing in it is other than public.

    Nobody is told of what is for some readers only (`is_restricted`); caches are purged of it.
    `path` is where the record stands (`/th/news/flood/`), `former_path` where it stood until
    this change; None where it has no page. `paths` are the pages that show something else than
    before; `tags` what caches keep them under. `origins` are those of the sites that show them,
    as one path may stand on several.
    """

    type: ChangeType
    at: datetime.datetime
    record_type: str
    subject: str
    locale: str
    permanent_id: str
    content_hash: str
    path: str | None
    former_path: str | None
    paths: tuple[str, ...]
    origins: tuple[str, ...]
    tags: frozenset[str]
    is_restricted: bool = False


def announce(changes: list[PublicChange]) -> None:
    """Tells every listener. What follows a publication cannot undo it: failures are logged."""
    if not changes:
        return
    for hook in hooks.get_hooks("public_change"):
        try:
            with transaction.atomic():
                hook(changes)
        except Exception:  # whatever a listener does
            logger.exception("A public change could not be passed on")


def change_of(
    type: ChangeType,
    row: Publication,
    at: datetime.datetime,
    former_path: str | None = None,
    before: Publication | None = None,
) -> PublicChange:
    """The change of one record, with the pages beside it that show it: above, and translations.

    `before` is what readers had until then, where the menus or the record's references tell.
    """
    path = row.address.path
    former = _public(row.locale, former_path)
    now = _public(row.locale, path)
    others = Address.objects.filter(subject=row.subject, path__isnull=False)
    translations = [str(other) for other in others.exclude(pk=row.address_id).order_by("locale")]
    near = [now, former, _above(now), _above(former), *translations]
    return PublicChange(
        type=type,
        at=at,
        record_type=row.type,
        subject=str(row.subject),
        locale=row.locale,
        permanent_id=row.address.short_id,
        content_hash=row.content_hash,
        path=now,
        former_path=former,
        paths=tuple(dict.fromkeys(one for one in near if one)),
        origins=_origins(row.address),
        is_restricted=bool(getattr(row.address, "restricted_by", "")),
        tags=frozenset(tags_of(row) | (tags_of(before) if before else set())),
    )


def changes_of_moves(moves: dict[Address, str], at: datetime.datetime) -> list[PublicChange]:
    """One change for each public record that has another address than the one given here."""
    former = {address.pk: path for address, path in moves.items()}
    rows = Publication.objects.effective(at).filter(address__in=former).select_related("address")
    return [change_of(ChangeType.MOVED, row, at, former[row.address_id]) for row in rows]


def changes_by_time(since: datetime.datetime, until: datetime.datetime) -> list[PublicChange]:
    """What began or ended by itself after `since` and not after `until`, in order."""
    rows = (
        Publication.objects.readable()
        .filter(kind=Publication.Kind.PUBLICATION, withdrawn_at__isnull=True)
        .select_related("address")
    )
    begun = rows.filter(
        Q(effective_until__isnull=True) | Q(effective_until__gt=F("effective_from")),
        effective_from__gt=since,
        effective_from__lte=until,
        published_at__lt=F("effective_from"),
    )
    follower = Publication.objects.filter(
        address=OuterRef("address"), effective_from=OuterRef("effective_until")
    ).exclude(pk=OuterRef("pk"))
    over = rows.filter(
        ~Exists(follower), effective_until__gt=since, effective_until__lte=until
    ).exclude(effective_until=F("effective_from"))
    changes = [change_of(ChangeType.BEGAN, row, row.effective_from) for row in begun]
    changes += [change_of(ChangeType.EXPIRED, row, _end(row)) for row in over]
    return sorted(changes, key=lambda change: change.at)


def changes_of_files(source: Any) -> list[PublicChange]:
    """What is public and names a pinned file of which something was made since."""
    rows = Publication.objects.effective().filter(files=source).select_related("address")
    now = timezone.now()
    return [change_of(ChangeType.COMPLETED, row, now) for row in rows]


def _end(row: Publication) -> datetime.datetime:
    assert row.effective_until is not None  # noqa: S101  # what the query asked for
    return row.effective_until


def _origins(address: Address) -> tuple[str, ...]:
    """Of the site of an address, and of those where it stood before; of all without a page."""
    if not are_several():
        return origins_of([])
    former = FormerPath.objects.filter(address=address).values_list("root", flat=True).distinct()
    return origins_of([address.root, *filter(None, former)])


def _public(locale: str, path: str | None) -> str | None:
    return f"/{locale}{path}" if path else None


def _above(path: str | None) -> str | None:
    """The page above: `/th/news/flood/` gives `/th/news/`; None above a front page."""
    parent = path.rstrip("/").rpartition("/")[0] if path else ""
    return f"{parent}/" if parent else None
