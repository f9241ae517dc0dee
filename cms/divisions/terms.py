"""Rights that hold from one day until another, and whose past nobody can rewrite."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.thai.dates import FIRST_BUDDHIST_YEAR
from cms.thai.typed_dates import buddhist_year_message

_DAY = datetime.timedelta(days=1)


class TermQuerySet(models.QuerySet):
    """The question that everything asks of terms: which are in force?"""

    def in_force(self, day: datetime.date | None = None) -> "TermQuerySet":
        """Those in force on a day (default: today in the office's time zone)."""
        day = day or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Term(models.Model):
    """A right in force from `since` until `until`, both days included.

    Whoever asks later who could sign on a day gets the answer from these rows. So a term that
    has begun can only be ended or extended, and one that is over stays as it was: `save` and
    `delete` refuse anything else, whatever calls them.
    """

    since = models.DateField(gettext_lazy("first day"), default=timezone.localdate)
    until = models.DateField(
        gettext_lazy("last day"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Empty: until further notice"),
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_in_force(self, day: datetime.date | None = None) -> bool:
        """Whether it is in force on a day (default: today)."""
        day = day or timezone.localdate()
        return self.since <= day and (self.until is None or day <= self.until)

    def has_begun(self) -> bool:
        """Whether somebody may have signed by it."""
        return self.since <= timezone.localdate()

    def clean(self) -> None:
        """Raises `ValidationError` where the days contradict each other or rewrite the past."""
        super().clean()
        for name in ("since", "until"):
            value = getattr(self, name)
            if value and value.year >= FIRST_BUDDHIST_YEAR:
                raise ValidationError({name: buddhist_year_message(value.year)})
        first = self.since - _DAY if self.pk and self.since else self.since  # revoked on day one
        if first and self.until and self.until < first:
            raise ValidationError({"until": _("The last day lies before the first one.")})
        self._refuse_rewriting()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises `ValidationError` where it would rewrite the past."""
        self._refuse_rewriting()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Only what has not begun. Raises `ValidationError` otherwise."""
        stored = type(self)._default_manager.get(pk=self.pk)
        if stored.has_begun():
            raise ValidationError(
                _("This has been in force and stays on record. Set its last day instead.")
            )
        return super().delete(*args, **kwargs)

    def _refuse_rewriting(self) -> None:
        stored = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
        if stored is None or not stored.has_begun():
            return
        names = [field.attname for field in self._meta.concrete_fields]
        changed = {name for name in names if getattr(self, name) != getattr(stored, name)}
        yesterday = timezone.localdate() - _DAY
        if not changed:
            return
        if stored.until and stored.until < yesterday:
            raise ValidationError(_("This is over and stays on record. Make a new entry instead."))
        if changed != {"until"}:
            raise ValidationError(
                _("This has been in force: only its last day can be changed. Make a new entry.")
            )
        if self.until and self.until < yesterday:
            message = _("It can end yesterday at the earliest: until then people could sign by it.")
            raise ValidationError({"until": message})
