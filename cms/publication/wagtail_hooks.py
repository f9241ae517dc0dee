"""The public record in the admin menu, and what it asks of drafts and signers."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from cms.mail.kinds import MailKind
from cms.publication.alarm import BROKEN_KIND
from cms.publication.chain_head import CHAIN_HEAD_KIND, mail_chain_head
from cms.publication.correction_notes import note_problem
from cms.publication.listing import SignedPageViewSet, show_standing_in_choosers
from cms.publication.minimum_periods import period_problem
from cms.publication.models import Publication
from cms.publication.publish import publication_problem, time_window
from cms.publication.viewsets import PublicationViewSet
from cms.schedule.jobs import PeriodicJob
from cms.signoff.release_content import released_with
from cms.signoff.roles import LAST_ROLES
from cms.snapshot.snapshot import Snapshot

viewset = PublicationViewSet()
page_viewset = SignedPageViewSet()
show_standing_in_choosers()


@hooks.register("register_admin_viewset")
def register_publications() -> PublicationViewSet:
    """The public record, for those who may see it."""
    return viewset


@hooks.register("register_admin_viewset", order=10)  # after Wagtail's own
def register_page_lists() -> SignedPageViewSet:
    """The lists of pages, with division and sign-off."""
    return page_viewset


@hooks.register("register_mail_kinds")
def register_record_mails() -> list[MailKind]:
    """The alarm, which nobody can turn off, and the heads of the chains."""
    alarm = MailKind(
        BROKEN_KIND, gettext_lazy("The public record does not hold"), is_optional=False
    )
    heads = MailKind(CHAIN_HEAD_KIND, gettext_lazy("Heads of the chains"), is_for_staff=False)
    return [alarm, heads]


@hooks.register("register_periodic_jobs")
def register_record_jobs() -> list[PeriodicJob]:
    """The daily word to the outside."""
    return [PeriodicJob("mail_chain_head", mail_chain_head, daily_at=datetime.time(17, 0))]


@hooks.register("insert_global_admin_css")
def insert_corrections() -> str:
    """Our few corrections to the look of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("publication/admin.css"))


@hooks.register("find_signing_problems")
def find_publication_problems(snapshot: Snapshot, role: str) -> list[str]:
    """What would keep the item from being published, before anybody signs in vain.

    Whether its address is free then, only the last signer can know; and nobody yet where what
    stands above is released with it, as that address begins when both are published.
    """
    if role in LAST_ROLES:
        problems = [publication_problem(snapshot)]
        if any(problems) and snapshot.data["parent"] in released_with(snapshot.draft):
            problems = []
    else:
        start, end = time_window(snapshot.data, timezone.now())
        problems = [note_problem(snapshot.data), period_problem(snapshot.data, start, end)]
    return [problem for problem in problems if problem]


@hooks.register("before_delete_page")
def keep_public_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page that is public, or above one that is, must be withdrawn before it is deleted."""
    subjects = page.get_descendants(inclusive=True).values_list("translation_key", flat=True)
    return _refuse(request, list(subjects))


@hooks.register("before_delete_snippet")
def keep_public_snippets(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """A record that is public must be withdrawn before it is deleted."""
    keys = [getattr(instance, "translation_key", None) for instance in instances]
    return _refuse(request, [key for key in keys if key])


def _refuse(request: HttpRequest, subjects: list[Any]) -> HttpResponse | None:
    if not Publication.objects.standing().filter(subject__in=subjects).exists():
        return None
    messages.error(request, _("This is public. Withdraw it first; then its draft can be deleted."))
    return redirect("wagtailadmin_home")
