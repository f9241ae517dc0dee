"""The dialog of a withdrawal: a reason for the public, and the signer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.publication.models import Publication
from cms.publication.withdraw import PURPOSE, withdrawal_hash
from cms.signoff.forms import SignerForm
from cms.signoff.signing import issue_token


class WithdrawalForm(SignerForm):
    """First signature: the person writes the reason. Second: the reason stands already."""

    reason = forms.CharField(
        label=_("Reason, shown to the public"), widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("reason", "full_name", "position", "password")

    def __init__(self, *args: Any, publication: Publication, reason: str = "", **kwargs: Any):
        super().__init__(*args, language_code=publication.locale, **kwargs)
        self.publication = publication
        if reason:
            self.fields["reason"].initial = reason
            self.fields["reason"].disabled = True

    def token(self) -> str:
        """What the person's password and words become, for this publication and reason only."""
        cleaned = self.cleaned_data
        words = {
            "full_name": cleaned["full_name"],
            "position": cleaned["position"],
            "checklist": [],
            "comment": cleaned["reason"],
        }
        content_hash = withdrawal_hash(self.publication, cleaned["reason"])
        return issue_token(self.signer, [PURPOSE, self.publication.pk], content_hash, words)
