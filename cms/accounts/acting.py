"""Whether a person may act in their own name now, whatever door they came through."""

from typing import Any

from django.utils.translation import gettext as _

from cms.accounts.policy import rules_of


def problem_with_acting(user: Any) -> str:
    """Why a person may not sign now, in their language; empty where they may.

    Asked where the act is done, so that neither a script nor a hand-made request signs for a
    person whose second factor is missing. In the admin such a person is not signed in at all.
    """
    if not user.is_active:
        return _("This account is not active.")
    if user.must_change_password:
        return _("Choose a password of your own first: this one was set by somebody else.")
    # Only a session in which the code was typed carries this mark; it is no column.
    if not user.second_factor_given and rules_of(user).needs_second_factor:
        return _("Sign in with your second factor first.")
    return ""
