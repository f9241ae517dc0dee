"""One's keys in the admin: links to drafts, access to private pages; made, listed, ended."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.access.forms import AccessKeyForm, PreviewLinkForm
from cms.access.front_end import front_end_address, own_address
from cms.access.models import AccessToken, PreviewToken
from cms.access.permissions import draft_named, may_see_draft
from cms.access.previews import make_link, revoke
from cms.access.private import make_access_token
from cms.snapshot.fields import MissingFile

KINDS: dict[str, Any] = {"preview": PreviewToken, "access": AccessToken}


class MakeLinkView(WagtailAdminTemplateMixin, TemplateView):
    """Asks how long, then shows the address of one draft: once, as only its hash is kept."""

    template_name = "access/make_link.html"
    page_title = gettext_lazy("Link to the draft")
    header_icon = "view"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        return self._show(PreviewLinkForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The address, where the person may open the draft."""
        form = PreviewLinkForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        item = self._item()
        try:
            token, text = make_link(item, request.user, form.lifetime)
        except MissingFile as error:
            messages.error(request, str(error))
            return self._show(form)
        language = item.locale.language_code
        is_elsewhere = bool(settings.FRONT_END_PREVIEW_URL)
        address = (
            front_end_address(item, language, text) if is_elsewhere else own_address(language, text)
        )
        return self._show(form, token=token, address=address)

    def _item(self) -> Any:
        item = draft_named(self.kwargs["model"], self.kwargs["pk"])
        if item is None:
            raise Http404
        if not may_see_draft(self.request.user, item):
            raise PermissionDenied
        return item

    def _show(self, form: PreviewLinkForm, **extra: Any) -> HttpResponse:
        context = self.get_context_data(form=form, item=self._item(), **extra)
        return _unkept(self.render_to_response(context))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Below the list of keys."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("keys"), "label": _("Keys")},
            {"url": "", "label": str(self.page_title)},
        ]


class KeysView(WagtailAdminTemplateMixin, TemplateView):
    """What one has made, and where to end it; administrators see those of everybody."""

    template_name = "access/keys.html"
    page_title = gettext_lazy("Keys")
    header_icon = "key"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest first."""
        user = self.request.user
        sees_all = user.has_perm("accounts.change_user")
        own = {} if sees_all else {"user": user}
        links = PreviewToken.objects.filter(revision_pk__isnull=False, **own)
        keys = AccessToken.objects.filter(**own)
        return {
            **super().get_context_data(**kwargs),
            "links": links.select_related("user").defer("snapshot")[:200],
            "keys": keys.select_related("user")[:200],
            "form": kwargs.get("form") or AccessKeyForm(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Makes a key to private pages, and shows it once."""
        form = AccessKeyForm(request.POST)
        text = ""
        if form.is_valid():
            purpose = form.cleaned_data["purpose"]
            _token, text = make_access_token(request.user, purpose, form.lifetime)
            form = AccessKeyForm()
        return _unkept(self.render_to_response(self.get_context_data(form=form, text=text)))


def end_key(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ends a key at once, after a question."""
    if kind not in KINDS:
        raise Http404
    token = get_object_or_404(KINDS[kind], pk=pk)
    if request.method == "POST":
        revoke(token, request.user)
        messages.success(request, _("The key is ended. It opens nothing any more."))
        return redirect("keys")
    return render(request, "access/end_key.html", {"token": token})


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
