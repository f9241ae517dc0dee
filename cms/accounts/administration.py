"""What an administrator may do about somebody's sign-in: unlock, reset the second factor, end."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.accounts.account_views import unused_codes
from cms.accounts.events import tell, tells_refusals
from cms.accounts.policy import rules_of
from cms.accounts.second_factor import remove
from cms.accounts.sessions import sign_out_everywhere
from cms.accounts.throttle import is_blocked, unblock


def may_administer(user: Any, person: Any) -> bool:
    """Whether `user` may act on the sign-in of `person`: never on one's own, and never upwards."""
    if user.pk == person.pk or not user.has_perm("accounts.change_user"):
        return False
    return user.is_superuser or not person.is_superuser


@tells_refusals
def unlock(person: Any, user: Any) -> None:
    """Forgets failed attempts, so that the person may try again at once."""
    _check(user, person)
    unblock(person.get_username())
    tell("unlocked", user=person, detail=user.get_username())


@tells_refusals
def reset_second_factor(person: Any, user: Any) -> None:
    """For a lost telephone: forgets it, and ends every session of the person."""
    _check(user, person)
    remove(person, "second_factor_reset")
    sign_out_everywhere(person, "signed_out_by_administrator")


@tells_refusals
def end_sessions(person: Any, user: Any) -> None:
    """Signs the person out of every browser."""
    _check(user, person)
    sign_out_everywhere(person, "signed_out_by_administrator")


class SignInOfView(WagtailAdminTemplateMixin, TemplateView):
    """The page of one person's sign-in, with a button for each act."""

    page_title = gettext_lazy("Sign-in")
    header_icon = "lock"
    template_name = "accounts/users/sign_in.html"
    acts: dict[str, tuple[Callable[[Any, Any], None], Any]] = {
        "unlock": (unlock, gettext_lazy("The person may try again at once.")),
        "reset": (reset_second_factor, gettext_lazy("The second factor is reset.")),
        "end": (end_sessions, gettext_lazy("The person is signed out in every browser.")),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who may."""
        self.person = get_object_or_404(get_user_model(), pk=kwargs["pk"])
        _check(request.user, self.person)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Below the account of the person."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailusers_users:index"), "label": _("Users")},
            {
                "url": reverse("wagtailusers_users:edit", args=[self.person.pk]),
                "label": get_user_display_name(self.person),
            },
            {"url": "", "label": _("Sign-in")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What an administrator needs to know."""
        return {
            **super().get_context_data(**kwargs),
            "person": self.person,
            "rules": rules_of(self.person),
            "unused_codes": unused_codes(self.person),
            "is_blocked": is_blocked(self.person.get_username()),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Does what the button says."""
        act, message = self.acts.get(request.POST.get("act", ""), (None, ""))
        if act is not None:
            act(self.person, request.user)
            messages.success(request, message)
        return redirect("sign_in_of", pk=pk)


def _check(user: Any, person: Any) -> None:
    if not may_administer(user, person):
        raise PermissionDenied(_("You may not change how this person signs in."))
