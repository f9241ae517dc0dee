"""The dialog of a release: one checklist, one name and one password for all its items."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.signoff.checklists import Statement, current_checklist
from cms.signoff.forms import SignerForm, untranslated_statement
from cms.signoff.models import Decision
from cms.signoff.release_sittings import Sitting
from cms.signoff.roles import Role
from cms.signoff.signing import capacity_for, issue_token
from pages.translation import untranslated_in


class ReleaseForm(SignerForm):
    """What signing and returning a release ask alike. `token` is what becomes of the answers."""

    action: str
    statements: list[Statement] = []
    version = 0
    content_hash = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sitting: Sitting, **kwargs: Any) -> None:
        super().__init__(*args, language_code="th", **kwargs)
        self.sitting = sitting
        self.current_hash = sitting.manifest.content_hash if sitting.manifest else ""
        self.fields["content_hash"].initial = self.current_hash
        role = sitting.task.role if sitting.task else ""
        held = [
            capacity_for(self.signer, role, part.snapshot.data)
            for part in sitting.parts
            if part.snapshot
        ]
        self.capacity = "; ".join(dict.fromkeys(filter(None, held)))

    def clean(self) -> dict[str, Any]:
        """Refuses where the release is no longer the one that was opened."""
        cleaned = super().clean() or {}
        if self.sitting.problem:
            raise ValidationError(self.sitting.problem)
        if cleaned.get("content_hash") != self.current_hash:
            raise ValidationError(
                _("The release has changed since you opened it. Open it again and read.")
            )
        return cleaned

    def token(self) -> str:
        """For the present step of this release, with exactly these items, only."""
        words = {
            "full_name": self.cleaned_data["full_name"],
            "position": self.cleaned_data["position"],
            "comment": self.remark(),
            "checklist": [statement.th for statement in self.statements],
            "checklist_version": self.version,
        }
        purpose = self.sitting.purpose(self.action)
        return issue_token(self.signer, purpose, self.current_hash, words)

    def remark(self) -> str:
        """What the signer remarks."""
        return self.cleaned_data["comment"]


class ReleaseSigningForm(ReleaseForm):
    """Signs every item: the role's checklist counts for all of them."""

    action = Decision.APPROVE.value
    comment = forms.CharField(
        label=gettext_lazy("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    # Left out: 0, the version that came with Prakat.
    checklist_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.sitting.task.role if self.sitting.task else Role.REPORTER
        checklist = current_checklist(role)
        self.version, self.statements = checklist.version, checklist.items
        self.fields["checklist_version"].initial = self.version
        gaps = sum(untranslated_in(part.item) for part in self.sitting.parts if part.item)
        if role == Role.APPROVER and gaps:
            self.statements = [*self.statements, untranslated_statement(gaps)]
        for statement in self.statements:
            missing = {"required": _("Check this and tick the box, or return the release.")}
            self.fields[f"check_{statement.key}"] = forms.BooleanField(
                label=statement.text, help_text=statement.help_text, error_messages=missing
            )
        checks = [name for name in self.fields if name.startswith("check_")]
        self.order_fields(["content_hash", *checks, "comment", "full_name", "position", "password"])

    def clean(self) -> dict[str, Any]:
        """Refuses where the checklist is another one by now, too."""
        cleaned = super().clean()
        if (cleaned.get("checklist_version") or 0) != self.version:
            raise ValidationError(_("The administrator has changed the checklist. Read it again."))
        return cleaned


class ReleaseReturnForm(ReleaseForm):
    """Returns every item, and says which one it is about and why."""

    action = Decision.REJECT.value
    about = forms.ChoiceField(label=gettext_lazy("What must be corrected"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Say what must be corrected, for whoever wrote it.")
        },
    )
    field_order = ("content_hash", "about", "reason", "full_name", "position", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(part.row.pk), part.name) for part in self.sitting.parts]
        self.fields["about"].choices = [*names, ("", _("The release as a whole"))]  # type: ignore[attr-defined]
        self.fields["about"].required = False

    def remark(self) -> str:
        """The reason, with the item that it is about, for the history of every item."""
        about, reason = self.cleaned_data["about"], self.cleaned_data["reason"]
        name = next((part.name for part in self.sitting.parts if str(part.row.pk) == about), "")
        if not name:
            return reason
        return _("%(item)s: %(problem)s") % {"item": name, "problem": reason}
