"""The dialog of a withdrawal: a reason for the public, and the signer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.publication.models import Publication, Withdrawal
from cms.publication.withdraw import PURPOSE, signing_role, withdrawal_hash
from cms.signoff.forms import SignerForm
from cms.signoff.signing import capacity_for, issue_token


class WithdrawalForm(SignerForm):
    """First signature: the person writes the reason. Second: the reason stands already.

    `is_protected`: the law wants the item public for some time yet, so a ground is asked for.
    """

    reason = forms.CharField(
        label=_("Reason, shown to the public"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is withdrawn: the public reads it.")},
    )
    ground = forms.ChoiceField(
        label=_("Ground, as the minimum period of the notice is not over"),
        choices=[("", "---------"), *Withdrawal.Ground.choices],
        help_text=_("The chief executive or administrator gives the second signature"),
        error_messages={"required": _("Choose the ground on which it must go before its time.")},
    )
    field_order = ("reason", "ground", "full_name", "position", "password")

    def __init__(
        self,
        *args: Any,
        publication: Publication,
        withdrawal: Withdrawal | None = None,
        is_protected: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, language_code=publication.locale, **kwargs)
        self.publication = publication
        role = signing_role(self.signer, publication, withdrawal)
        self.capacity = capacity_for(self.signer, role, publication.data) if role else ""
        if not (withdrawal.ground if withdrawal else is_protected):
            del self.fields["ground"]
        for name in ("reason", "ground"):
            if withdrawal and name in self.fields:
                self.fields[name].initial = getattr(withdrawal, name)
                self.fields[name].disabled = True

    def token(self) -> str:
        """What the person's password and words become, for this publication and reason only."""
        cleaned = self.cleaned_data
        words = {
            "full_name": cleaned["full_name"],
            "position": cleaned["position"],
            "checklist": [],
            "comment": cleaned["reason"],
        }
        content_hash = withdrawal_hash(
            self.publication, cleaned["reason"], cleaned.get("ground", "")
        )
        return issue_token(self.signer, [PURPOSE, self.publication.pk], content_hash, words)


class ClosingForm(forms.Form):
    """Takes a withdrawal back, or declines it."""

    why = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the record of this item; never public"),
        error_messages={"required": _("Say why, for whoever asked and for the record.")},
    )
