"""The daily digest: one mail with what waited for a person, on the mornings of working days."""

from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cms.accounts.models import User
from cms.mail.kinds import mail_kinds
from cms.mail.models import OutgoingMail
from cms.mail.outbox import language_of, queue_mail
from cms.schedule.working_time import is_working_day

DIGEST_KIND = "digest"
State = OutgoingMail.State


def send_digests() -> None:
    """Queues a digest for each person for whom something waits; on other days than working ones
    it goes on waiting."""
    if not is_working_day(timezone.localdate()):
        return
    held = OutgoingMail.objects.filter(state=State.HELD)
    held.filter(user__is_active=False).delete()
    people = User.objects.filter(pk__in=held.values("user")).select_related("wagtail_userprofile")
    for user in people:
        send_digest(user)


@transaction.atomic
def send_digest(user: User) -> OutgoingMail | None:
    """Bundles what waits for one person into one mail, in that person's language."""
    held = OutgoingMail.objects.select_for_update().filter(state=State.HELD, user=user)
    items = list(held.order_by("pk"))
    if not items:
        return None
    language = language_of(user)
    with override(language):
        subject = ngettext(
            "%(count)s message since the last digest",
            "%(count)s messages since the last digest",
            len(items),
        )
        subject %= {"count": len(items)}
        digest = queue_mail(DIGEST_KIND, user, subject, _body(items), language=language)
    if digest:
        held.filter(pk__in=[item.pk for item in items]).update(
            state=State.BUNDLED, digest=digest, sent_at=timezone.now()
        )
    return digest


def _body(items: list[OutgoingMail]) -> str:
    """Grouped by kind, in the order in which the kinds are registered."""
    kinds = mail_kinds()
    order = list(kinds)
    items = sorted(items, key=lambda item: order.index(item.kind) if item.kind in kinds else 999)
    parts = []
    for kind, group in groupby(items, key=lambda item: item.kind):
        label = kinds[kind].label if kind in kinds else _("Other")
        heading = str(label)
        parts.append(f"{heading}\n{'=' * len(heading)}")
        parts += [f"* {item.subject}\n\n{item.body.strip()}" for item in group]
    return "\n\n".join(parts) + "\n"
