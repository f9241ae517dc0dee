"""One release in the admin: its items, putting it together, signing it, returning it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.moderation.release_candidates import candidates, item_of
from cms.moderation.release_summary import acts_of, rows_of, state_of, windows_differ
from cms.signoff.models import Release, ReleaseItem
from cms.signoff.release_forms import ReleaseForm, ReleaseReturnForm, ReleaseSigningForm
from cms.signoff.release_preparing import (
    add_item,
    cancel_release,
    create_release,
    may_manage,
    may_prepare,
    remove_item,
    rename_release,
    submit_release,
)
from cms.signoff.release_signing import sign_release, void_if_changed
from cms.signoff.release_sittings import Sitting, sitting_of


class ReleaseTitleForm(forms.ModelForm):
    """Title and note."""

    class Meta:
        model = Release
        fields = ("title", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class ReleaseView(WagtailAdminTemplateMixin, View):
    """What the views of a release share: who may see it, and the way back to it."""

    header_icon = "clipboard-list"
    page_title: Any = gettext_lazy("Release")
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Raises `PermissionDenied` for those who may not see releases."""
        if not request.user.has_perm("signoff.view_release"):
            raise PermissionDenied
        self.release = get_object_or_404(Release, pk=kwargs["pk"]) if "pk" in kwargs else None
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The list, the release, this page."""
        items = [
            *self.breadcrumbs_items,
            {"url": reverse("releases:index"), "label": _("Releases")},
        ]
        if self.release:
            items.append({"url": self.url(), "label": self.release.title})
        if not isinstance(self, ReleaseDetailView):
            items.append({"url": "", "label": self.page_title})
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the release."""
        return super().get_context_data(release=self.release, **kwargs)

    def show(self, **context: Any) -> HttpResponse:
        """The page."""
        return self.render_to_response(self.get_context_data(**context))

    def url(self) -> str:
        """Where the release stands."""
        return reverse("releases:detail", args=[self.the_release.pk])

    @property
    def the_release(self) -> Release:
        """The release of this address."""
        if self.release is None:
            raise Http404
        return self.release


class ReleaseDetailView(ReleaseView):
    """Its items with their problems, who signed, and what can be done next."""

    template_name = "moderation/releases/detail.html"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        """The title of the release."""
        return self.the_release.title

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Compares what was signed with what is there: a file may have been replaced."""
        void_if_changed(self.the_release)
        self.the_release.refresh_from_db()
        sitting = sitting_of(self.the_release)
        release = self.the_release
        is_signing = release.state == Release.State.SIGNING
        return self.show(
            state=state_of(release, sitting.task.role if sitting.task else ""),
            rows=rows_of(sitting),
            acts=acts_of(release),
            windows_differ=windows_differ(sitting),
            may_change=release.may_change and may_manage(release, request.user),
            may_cancel=release.is_open and may_manage(release, request.user),
            may_sign=is_signing and sitting.may_sign(request.user),
        )


class ReleaseTitleView(ReleaseView):
    """Makes a release, or gives it another title."""

    template_name = "moderation/releases/title.html"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        """What the page is for."""
        return _("Title and note") if self.release else _("New release")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form."""
        self._check()
        return self.show(form=ReleaseTitleForm(instance=self.release))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Saves it and goes to the release; a new one goes on to choosing its items."""
        self._check()
        form = ReleaseTitleForm(request.POST, instance=self.release)
        if not form.is_valid():
            return self.show(form=form)
        words = (form.cleaned_data["title"], form.cleaned_data["note"], request.user)
        if self.release:
            rename_release(self.release, *words)
            return redirect(self.url())
        release = create_release(*words)
        return redirect("releases:add_items", release.pk)

    def _check(self) -> None:
        user = self.request.user
        if not (may_manage(self.release, user) if self.release else may_prepare(user)):
            raise PermissionDenied


class AddItemsView(ReleaseView):
    """Finds drafts by their titles; both languages of each can be ticked in one row."""

    template_name = "moderation/releases/add_items.html"
    page_title = gettext_lazy("Add items")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The newest drafts, or those whose title was searched for."""
        if not may_manage(self.the_release, request.user):
            raise PermissionDenied
        query = request.GET.get("q", "").strip()
        return self.show(query=query, candidates=candidates(query, request.user))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Adds what was ticked; says of each that cannot be added why not."""
        added = 0
        for key in request.POST.getlist("item"):
            item = item_of(key)
            if item is None:
                continue
            try:
                add_item(self.the_release, item, request.user)
                added += 1
            except PermissionDenied as error:
                messages.error(request, str(error))
        if added:
            text = ngettext("%(count)d item was added.", "%(count)d items were added.", added)
            messages.success(request, text % {"count": added})
        return redirect(self.url())


class ReleaseActionView(ReleaseView):
    """What one button does: removes an item, sends the release, cancels it."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Does it, or says why it cannot be done."""
        try:
            messages.success(request, self._do(action, request))
        except PermissionDenied as error:
            messages.error(request, str(error))
        return redirect(self.url())

    def _do(self, action: str, request: HttpRequest) -> str:
        release, user = self.the_release, request.user
        if action == "submit":
            submit_release(release, user)
            return _("The release was sent to the first signature.")
        if action == "cancel":
            cancel_release(release, user)
            return _("The release was cancelled. Its items are ordinary drafts again.")
        row = release.items.filter(pk=request.POST.get("item") or 0).first()
        if row is None:
            raise PermissionDenied(_("This item is not in the release."))
        remove_item(row, user)
        return _("The item was taken out of the release.")


class PreviewItemView(ReleaseView):
    """The draft of one item as the public site would show it, for whoever may see releases."""

    def get(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        """The newest draft: what would be signed now."""
        row = get_object_or_404(ReleaseItem, pk=item, release=self.the_release)
        if row.content_object is None:
            raise Http404
        draft = row.content_object.get_latest_revision_as_object()
        return draft.make_preview_request(request, draft.default_preview_mode)


class SignReleaseView(ReleaseView):
    """One checklist, one name and one password for every item."""

    template_name = "moderation/releases/sign.html"
    page_title: Any = gettext_lazy("Sign the release")
    form_class: type[ReleaseForm] = ReleaseSigningForm
    submit_label: Any = gettext_lazy("Sign all items")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The items, each with its preview, and the form."""
        void_if_changed(self.the_release)
        sitting = self._sitting()
        return self._show(sitting, self.form_class(signer=request.user, sitting=sitting))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Signs, or shows why it could not be signed, with what was typed."""
        sitting = self._sitting()
        form = self.form_class(request.POST, signer=request.user, sitting=sitting)
        if form.is_valid():
            try:
                act = sign_release(self.the_release, request.user, form.action, form.token())
            except PermissionDenied as error:
                form.add_error(None, str(error))
            else:
                self._tell(request, act)
                return redirect(self.url())
        return self._show(sitting, form)

    def _sitting(self) -> Sitting:
        self.the_release.refresh_from_db()
        sitting = sitting_of(self.the_release)
        is_signing = self.the_release.state == Release.State.SIGNING
        if not is_signing or not sitting.may_sign(self.request.user):
            raise PermissionDenied
        return sitting

    def _show(self, sitting: Sitting, form: ReleaseForm) -> HttpResponse:
        return self.show(
            form=form,
            rows=rows_of(sitting),
            state=state_of(self.the_release, sitting.task.role if sitting.task else ""),
            windows_differ=windows_differ(sitting),
        )

    def _tell(self, request: HttpRequest, act: Any) -> None:
        release = Release.objects.get(pk=self.the_release.pk)
        if act is None:
            messages.warning(request, release.notice)
        elif release.state == Release.State.PUBLISHED:
            messages.success(request, _("All items of the release were published."))
        elif release.state == Release.State.RETURNED:
            messages.success(request, _("The whole release was returned for correction."))
        else:
            messages.success(request, _("You have signed all items of the release."))


class ReturnReleaseView(SignReleaseView):
    """Sends every item back, with the reason and the item that it is about."""

    page_title = gettext_lazy("Return the release for correction")
    form_class = ReleaseReturnForm
    submit_label = gettext_lazy("Return all items")
