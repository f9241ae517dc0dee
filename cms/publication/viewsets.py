"""The public record in the admin: a list, one record with its signatures, and withdrawals."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.publication.forms import WithdrawalForm
from cms.publication.models import Publication, Withdrawal
from cms.publication.withdraw import confirm_withdrawal, request_withdrawal, withdrawing_role
from cms.signoff.models import Signature


def state_of(publication: Publication) -> str:
    """Where a record is in its life, in the user's language."""
    now = timezone.now()
    if publication.kind == Publication.Kind.WITHDRAWAL:
        return _("note of a withdrawal")
    if publication.withdrawn_at:
        return _("withdrawn")
    if publication.effective_until and publication.effective_until <= now:
        return _("superseded or expired")
    if publication.effective_from > now:
        return _("scheduled")
    return _("public")


class PublicationIndexView(IndexView):
    """The record, newest first."""

    default_ordering = "-published_at"

    def get_base_queryset(self) -> Any:
        """Without the snapshots, which may be long."""
        return super().get_base_queryset().select_related("address").defer("snapshot")


class PublicationViewSet(ModelViewSet):
    """What is and was public. Read-only: signatures write it."""

    model = Publication
    name = "publications"
    icon = "globe"
    menu_label = gettext_lazy("Public record")
    menu_order = 200
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = PublicationIndexView
    form_fields = ("title",)
    list_per_page = 50
    list_filter = ("locale", "type", "kind")
    search_fields = ("title",)
    search_backend_name = None

    @property
    def list_display(self) -> list[Any]:
        """Title, language, state, address, date; the title leads to the record."""
        return [
            TitleColumn("title", label=_("title"), get_url=self._record_url, sort_key="title"),
            Column("locale", label=_("language"), sort_key="locale"),
            Column("state", label=_("state"), accessor=state_of),
            Column("address", label=_("address"), accessor=_address_of),
            DateColumn("published_at", label=_("published at"), sort_key="published_at"),
        ]

    def _record_url(self, publication: Publication) -> str:
        return reverse(self.get_url_name("record"), args=[publication.pk])

    def get_urlpatterns(self) -> list[Any]:
        """The list, one record, and its withdrawal."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.record_view, name="record"),
            path("<int:pk>/withdraw/", self.withdraw_view, name="withdraw"),
        ]

    def record_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One record: where it stands, who signed it."""
        if not self.permission_policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        publication = get_object_or_404(Publication.objects.select_related("address"), pk=pk)
        sequences = publication.signature_sequences
        context = {
            "publication": publication,
            "state": state_of(publication),
            "signatures": Signature.objects.filter(sequence__in=sequences),
            "withdrawal": Withdrawal.objects.filter(publication=publication).first(),
            "may_withdraw": _is_standing(publication) and withdrawing_role(request.user),
            "index_url": reverse(self.get_url_name("index")),
            "withdraw_url": reverse(self.get_url_name("withdraw"), args=[pk]),
        }
        return render(request, "publication/record.html", context)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for a withdrawal, or gives the second signature to one."""
        publication = get_object_or_404(Publication.objects.select_related("address"), pk=pk)
        if withdrawing_role(request.user) is None:
            raise PermissionDenied
        record_url = self._record_url(publication)
        if not _is_standing(publication):
            messages.error(request, _("This item is not public any more."))
            return redirect(record_url)
        withdrawal = Withdrawal.objects.filter(publication=publication).first()
        form = WithdrawalForm(
            request.POST or None,
            signer=request.user,
            publication=publication,
            reason=withdrawal.reason if withdrawal else "",
        )
        if request.method == "POST" and form.is_valid():
            try:
                self._sign(request, publication, withdrawal, form)
            except PermissionDenied as error:
                form.add_error(None, str(error))
            else:
                return redirect(record_url)
        context = {
            "publication": publication,
            "withdrawal": withdrawal,
            "form": form,
            "record_url": record_url,
        }
        return render(request, "publication/withdraw.html", context)

    @staticmethod
    def _sign(
        request: HttpRequest,
        publication: Publication,
        withdrawal: Withdrawal | None,
        form: WithdrawalForm,
    ) -> None:
        if withdrawal is None:
            reason = form.cleaned_data["reason"]
            request_withdrawal(publication, reason, request.user, form.token())
            messages.success(
                request, _("Signed. The withdrawal takes effect when a second person signs.")
            )
        else:
            confirm_withdrawal(withdrawal, request.user, form.token())
            messages.success(request, _("Withdrawn: the item is not public any more."))


def _address_of(publication: Publication) -> str:
    return str(publication.address) if publication.address.path else "–"


def _is_standing(publication: Publication) -> bool:
    return Publication.objects.standing().filter(pk=publication.pk).exists()
