"""The public record in the admin menu, and what it asks of drafts and signers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from cms.publication.models import Publication
from cms.publication.publish import publication_problem
from cms.publication.viewsets import PublicationViewSet
from cms.signoff.roles import Role
from cms.snapshot.snapshot import latest_snapshot

viewset = PublicationViewSet()


@hooks.register("register_admin_viewset")
def register_publications() -> PublicationViewSet:
    """The public record, for those who may see it."""
    return viewset


@hooks.register("find_signing_problems")
def find_publication_problems(item: Any, role: str) -> list[str]:
    """The publisher learns before signing what would keep the item from being published."""
    if role != Role.PUBLISHER:
        return []
    problem = publication_problem(latest_snapshot(item))
    return [problem] if problem else []


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
