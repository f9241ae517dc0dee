"""An endpoint that fails for days is switched off, and the administrators are told."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.accounts.models import User
from cms.mail.outbox import language_of, queue_mail
from cms.signoff.roles import GROUP_NAMES
from cms.webhooks.models import Endpoint

KIND = "webhook_switched_off"
PATIENCE = datetime.timedelta(days=5)  # without one message that arrived


def note_success(endpoint: Endpoint) -> None:
    """It answers: what failed before does not count any more."""
    Endpoint.objects.filter(pk=endpoint.pk, failing_since__isnull=False).update(failing_since=None)


@transaction.atomic
def note_failure(endpoint: Endpoint, is_final: bool = False) -> None:
    """Begins to count the days, or ends them; `is_final`: the other side wants no more."""
    now = timezone.now()
    mine = Endpoint.objects.filter(pk=endpoint.pk, is_active=True)
    mine.filter(failing_since__isnull=True).update(failing_since=now)
    over = mine if is_final else mine.filter(failing_since__lte=now - PATIENCE)
    if over.update(is_active=False):
        _tell(endpoint)


def _tell(endpoint: Endpoint) -> None:
    administrators = User.objects.filter(groups__name=GROUP_NAMES["administrator"], is_active=True)
    address = f"{settings.BASE_URL}{reverse('webhooks:edit', args=[endpoint.pk])}"
    for user in administrators.select_related("wagtail_userprofile").distinct():
        with override(language_of(user)):
            subject = _("The webhook %(name)s was switched off") % {"name": endpoint.description}
            text = _(
                "Messages to %(url)s fail for days, or the other side wants no more. Nothing is"
                " sent there until an administrator switches it on again:\n%(address)s\n"
            )
            text %= {"url": endpoint.url, "address": address}
            queue_mail(KIND, user, subject, text)
