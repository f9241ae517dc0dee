"""The signing dialog: the role's checklist, name, position and password."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail import hooks

from cms.signoff.roles import CHECKLISTS, Role
from cms.signoff.signing import issue_token
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import latest_snapshot


class SignerForm(forms.Form):
    """Who signs: name as in the account, position, and the password once more (3.3)."""

    full_name = forms.CharField(label=_("Name and surname of the signer"), max_length=200)
    position = forms.CharField(label=_("Position"), max_length=200)
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, signer: Any, language_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signer
        self.fields["full_name"].help_text = _("Type your name as it stands in your account.")
        self.fields["position"].initial = signer.position_in(language_code)

    def clean_full_name(self) -> str:
        """The typed name must be the account's own, whatever its spacing."""
        typed = " ".join(self.cleaned_data["full_name"].split())
        if typed != " ".join(self.signer.get_full_name().split()):
            raise ValidationError(_("This is not the name of your account."))
        return typed

    def clean_password(self) -> str:
        """Only the signer's own password will do."""
        password = self.cleaned_data["password"]
        if not self.signer.check_password(password):
            raise ValidationError(_("The password is not right."))
        return password


class SignatureForm(SignerForm):
    """The dialog of one workflow step. `task` and `action` are set on a subclass by the task.

    Its cleaned data is only `{"token": ...}`: Wagtail sends cleaned data back to the browser.
    """

    task: Any = None
    action = ""

    content_hash = forms.CharField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("content_hash",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.item = self.task.item
        language_code = self.item.locale.language_code
        super().__init__(*args, signer=self.task.signer, language_code=language_code, **kwargs)
        try:
            self.current_hash = latest_snapshot(self.item).content_hash
            self.problem = ""
        except MissingFile as error:
            self.current_hash, self.problem = "", str(error)
        self.fields["content_hash"].initial = self.current_hash
        self.checklist = CHECKLISTS[Role(self.task.role)] if self.action == "approve" else {}
        for key, statement in self.checklist.items():
            self.fields[f"check_{key}"] = forms.BooleanField(label=statement)
        if self.action == "reject":
            self.fields["comment"].required = True
            self.fields["comment"].label = _("Reason")
        checks = [f"check_{key}" for key in self.checklist]
        self.order_fields(["content_hash", *checks, "comment", "full_name", "position", "password"])

    def clean(self) -> dict[str, Any]:
        """Turns what was typed into a token; refuses where the content has moved on."""
        cleaned = super().clean() or {}
        if self.problem:
            raise ValidationError(self.problem)
        if self.errors:
            return cleaned
        if cleaned["content_hash"] != self.current_hash:
            raise ValidationError(
                _("The content has changed since you opened this dialog. Close it and read again.")
            )
        if self.action == "approve":
            # What stands to the right of this app may object: an address that is taken, say.
            problems = [
                problem
                for hook in hooks.get_hooks("find_signing_problems")
                for problem in hook(self.item, self.task.role)
            ]
            if problems:
                raise ValidationError(problems)
        with override("th"):  # the record is kept in the language of the office
            confirmed = [str(statement) for statement in self.checklist.values()]
        words = {
            "full_name": cleaned["full_name"],
            "position": cleaned["position"],
            "comment": cleaned["comment"],
            "checklist": confirmed,
        }
        task_state = self.item.current_workflow_task_state
        purpose = [task_state.pk if task_state else None, self.action]
        return {"token": issue_token(self.signer, purpose, self.current_hash, words)}
