"""The public record in the admin: a list, one record with its signatures, and withdrawals."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.publication.actions import actions_for, facts_for, sections_for
from cms.publication.forms import ClosingForm, WithdrawalForm
from cms.publication.minimum_periods import protected_until
from cms.publication.models import Publication, Withdrawal
from cms.publication.withdraw import (
    close_withdrawal,
    confirm_withdrawal,
    has_asked,
    may_act_on,
    request_withdrawal,
)
from cms.signoff.flag_times import FlagTime, flags_between, timed
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
        # Made once for everybody: the labels must be lazy.
        return [
            TitleColumn(
                "title",
                label=capfirst(gettext_lazy("title")),
                get_url=self._record_url,
                sort_key="title",
            ),
            Column(
                "locale",
                label=capfirst(gettext_lazy("language")),
                accessor=_language_of,
                sort_key="locale",
            ),
            Column(
                "state",
                label=capfirst(gettext_lazy("state")),
                accessor=lambda publication: capfirst(state_of(publication)),
            ),
            Column(
                "address",
                label=capfirst(gettext_lazy("address")),
                accessor=_address_of,
                classname="secondary",
            ),
            DateColumn(
                "published_at",
                label=capfirst(gettext_lazy("published at")),
                sort_key="published_at",
                classname="secondary",
            ),
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
            path("<int:pk>/withdraw/close/", self.close_view, name="close_withdrawal"),
        ]

    def record_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One record: where it stands, who signed it, what became of withdrawals."""
        if not self.permission_policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        publication = get_object_or_404(Publication.objects.select_related("address"), pk=pk)
        sequences = publication.signature_sequences
        withdrawals = list(publication.withdrawals.select_related("closed_by"))
        under_way = next((row for row in withdrawals if not row.outcome), None)
        is_standing = _is_standing(publication)
        context = {
            "publication": publication,
            "state": capfirst(state_of(publication)),
            "signatures": Signature.objects.filter(sequence__in=sequences),
            "flags": _flags_before(publication),
            "withdrawal": under_way if is_standing else None,
            "closed_withdrawals": [row for row in withdrawals if row.outcome],
            "protected_until": protected_until(publication) if is_standing else None,
            "actions": actions_for(publication, request.user),
            "sections": sections_for(publication, request.user),
            "facts": facts_for(publication),
            "may_withdraw": is_standing and may_act_on(request.user, publication, under_way),
            "index_url": reverse(self.get_url_name("index")),
            "withdraw_url": reverse(self.get_url_name("withdraw"), args=[pk]),
        }
        return render(request, "publication/record.html", context)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for a withdrawal, or gives the second signature to one."""
        publication, withdrawal = self._under_way(request, pk)
        record_url = self._record_url(publication)
        if not _is_standing(publication):
            messages.error(request, _("This item is not public any more."))
            return redirect(record_url)
        form = WithdrawalForm(
            request.POST or None,
            signer=request.user,
            publication=publication,
            withdrawal=withdrawal,
            is_protected=protected_until(publication) is not None,
        )
        if request.method == "POST" and form.is_valid():
            try:
                self._sign(request, publication, withdrawal, form)
            except PermissionDenied as error:
                form.add_error(None, str(error))
            else:
                return redirect(record_url)
        return self._dialog(request, publication, withdrawal, form, ClosingForm())

    def close_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes a withdrawal back, or declines it: the item stays public."""
        publication, withdrawal = self._under_way(request, pk)
        if withdrawal is None or request.method != "POST":
            return redirect(self.get_url_name("withdraw"), pk)
        closing_form = ClosingForm(request.POST)
        if closing_form.is_valid():
            closed = close_withdrawal(withdrawal, request.user, closing_form.cleaned_data["why"])
            if closed.outcome == Withdrawal.Outcome.TAKEN_BACK:
                messages.success(request, _("You took it back: the item stays public."))
            else:
                messages.success(request, _("You declined it: the item stays public."))
            return redirect(self._record_url(publication))
        form = WithdrawalForm(signer=request.user, publication=publication, withdrawal=withdrawal)
        return self._dialog(request, publication, withdrawal, form, closing_form)

    def _under_way(self, request: HttpRequest, pk: int) -> tuple[Publication, Withdrawal | None]:
        """The record, and its withdrawal under way; both only for who may act on them."""
        publication = get_object_or_404(Publication.objects.select_related("address"), pk=pk)
        withdrawal = Withdrawal.objects.under_way().filter(publication=publication).first()
        if not may_act_on(request.user, publication, withdrawal):
            raise PermissionDenied
        return publication, withdrawal

    def _dialog(
        self,
        request: HttpRequest,
        publication: Publication,
        withdrawal: Withdrawal | None,
        form: WithdrawalForm,
        closing_form: ClosingForm,
    ) -> HttpResponse:
        context = {
            "publication": publication,
            "withdrawal": withdrawal,
            "is_own": withdrawal is not None and has_asked(request.user, withdrawal),
            "protected_until": protected_until(publication),
            "form": form,
            "closing_form": closing_form,
            "record_url": self._record_url(publication),
            "close_url": reverse(self.get_url_name("close_withdrawal"), args=[publication.pk]),
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
            reason, ground = form.cleaned_data["reason"], form.cleaned_data.get("ground", "")
            request_withdrawal(publication, reason, request.user, form.token(), ground)
            messages.success(
                request, _("Signed. The withdrawal takes effect when a second person signs.")
            )
        else:
            confirm_withdrawal(withdrawal, request.user, form.token())
            messages.success(request, _("Withdrawn: the item is not public any more."))


def _flags_before(publication: Publication) -> list[FlagTime]:
    """Who said that this version is urgent or sensitive, and how soon the executive decided."""
    earlier = Publication.objects.filter(
        subject=publication.subject, locale=publication.locale, sequence__lt=publication.sequence
    )
    last = earlier.order_by("-sequence").values_list("published_at", flat=True).first()
    return timed(
        flags_between(publication.subject, publication.locale, last, publication.published_at)
    )


def _language_of(publication: Publication) -> str:
    return str(dict(settings.LANGUAGES).get(publication.locale, publication.locale))


def _address_of(publication: Publication) -> str:
    return str(publication.address) if publication.address.path else "–"


def _is_standing(publication: Publication) -> bool:
    return Publication.objects.standing().filter(pk=publication.pk).exists()
