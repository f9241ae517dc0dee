"""The screen of a review: "still right", signed with the password, and when to look again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from cms.oversight.coverage import months_after
from cms.oversight.models import Review
from cms.oversight.obligations import Kind, obligations
from cms.oversight.reviews import ReviewForm, review, reviewing_role
from cms.publication.models import Publication
from cms.signoff.models import Signature

_DEFAULT_MONTHS = 12  # where no item says how often


class ReviewsSection(Component):
    """On the page of a record: its reviews, and the way to the next one."""

    template_name = "oversight/reviews.html"

    def __init__(self, publication: Publication, user: Any) -> None:
        self.publication = publication
        self.may_review = may_be_reviewed(publication) and bool(reviewing_role(user, publication))

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Of this content, and of what stood there before."""
        return {
            "reviews": signed_reviews(self.publication),
            "review_url": reverse("review", args=[self.publication.pk]) if self.may_review else "",
        }


def review_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the date, a note and the signature; what was typed stays where it is refused."""
    publication = get_object_or_404(Publication.objects.select_related("address"), pk=pk)
    if reviewing_role(request.user, publication) is None:
        raise PermissionDenied
    back_url = _back_url(request, publication)
    if not may_be_reviewed(publication):
        messages.error(request, _("This item is not public any more."))
        return redirect(back_url)
    form = ReviewForm(
        request.POST or None,
        signer=request.user,
        publication=publication,
        initial={"next_due": months_after(timezone.localdate(), review_months(publication))},
    )
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            review(publication, cleaned["next_due"], cleaned["note"], request.user, form.token())
        except PermissionDenied as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Signed: it is still right."))
            return redirect(back_url)
    context = {
        "publication": publication,
        "form": form,
        "reviews": signed_reviews(publication),
        "back_url": back_url,
    }
    return render(request, "oversight/review.html", context)


def may_be_reviewed(publication: Publication) -> bool:
    """Whether it stands in public."""
    return Publication.objects.standing().filter(pk=publication.pk).exists()


def review_months(publication: Publication) -> int:
    """After how many months the strictest item that it counts for wants it to be looked at."""
    kind = Kind(
        publication.disclosure_item,
        publication.type,
        publication.category,
        publication.official_information,
    )
    months = [leaf.review_months for leaf in obligations().fulfilled_by(kind)]
    return min((number for number in months if number), default=_DEFAULT_MONTHS)


def signed_reviews(publication: Publication) -> list[Review]:
    """The reviews of an item in its language, the newest first, each with who signed it.

    Those of an earlier content are among them, marked: they say nothing about what stands there.
    """
    rows = Review.objects.filter(
        publication__subject=publication.subject, publication__locale=publication.locale
    ).select_related("publication")
    found = list(rows.defer("publication__snapshot"))
    signed = {
        row.sequence: row
        for row in Signature.objects.filter(sequence__in=[row.signature for row in found])
    }
    for row in found:
        row.signed = signed[row.signature]  # type: ignore[attr-defined]
        is_of_this = row.publication.content_hash == publication.content_hash
        row.is_of_this = is_of_this  # type: ignore[attr-defined]
    return found


def _back_url(request: HttpRequest, publication: Publication) -> str:
    user: Any = request.user
    if user.has_perm("publication.view_publication"):
        return reverse("publications:record", args=[publication.pk])
    return reverse("coverage_report")
