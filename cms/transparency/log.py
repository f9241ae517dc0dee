"""The log of the public record: what was published, changed and withdrawn, the newest first."""

import datetime

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.publication.models import Publication, PublicationQuerySet
from cms.publication.versions import follows_another

ORDER = ("-effective_from", "-sequence")


class Action(models.TextChoices):
    """What happened to a record."""

    PUBLISHED = "published", _("published")
    CHANGED = "changed", _("changed")
    WITHDRAWN = "withdrawn", _("withdrawn")


def log_of(rows: PublicationQuerySet, until: datetime.date) -> PublicationQuerySet:
    """The log up to the end of a day, each row with its `action` and whether it `stands` now.

    `rows` is what the reader may read, on one site or on all. Of what was withdrawn since only
    the note is told, as everywhere; nothing of what never began.
    """
    midnight = datetime.datetime.combine(until + datetime.timedelta(days=1), datetime.time())
    standing = Publication.objects.effective().filter(address=OuterRef("address"))
    rows = rows.told().filter(effective_from__lt=timezone.make_aware(midnight))
    rows = rows.exclude(kind=Publication.Kind.PUBLICATION, withdrawn_at__isnull=False)
    action = Case(
        When(Q(kind=Publication.Kind.WITHDRAWAL), then=Value(Action.WITHDRAWN.value)),
        When(follows_another(), then=Value(Action.CHANGED.value)),
        default=Value(Action.PUBLISHED.value),
        output_field=models.CharField(),
    )
    rows = rows.defer("snapshot", "signatures").annotate(action=action, stands=Exists(standing))
    return rows.order_by(*ORDER)
