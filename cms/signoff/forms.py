"""The signer's form: the role's checklist, name, position and password."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.accounts.passwords import confirm_password
from cms.signoff.checklists import Statement, current_checklist
from cms.signoff.roles import Role
from cms.signoff.signing import capacity_for, issue_token
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import Snapshot, latest_snapshot
from pages.translation import untranslated_in

_CHECK = "check_"


class SignerForm(forms.Form):
    """Who signs: name as in the account, position, and the password once more (3.3)."""

    full_name = forms.CharField(
        label=_("Name and surname of the signer"),
        max_length=200,
        error_messages={"required": _("Type your name and surname.")},
    )
    position = forms.CharField(
        label=_("Position"),
        max_length=200,
        error_messages={"required": _("Type your position.")},
    )
    password = forms.CharField(
        label=_("Your password"),
        error_messages={"required": _("Type your password: it stands for your signature.")},
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, signer: Any, language_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signer
        self.fields["full_name"].help_text = _("Type your name as it stands in your account.")
        self.fields["position"].initial = signer.position_in(language_code)
        self.capacity = ""  # beside the position: for whom the person acts

    def clean_full_name(self) -> str:
        """The typed name must be the account's own, whatever its spacing."""
        typed = " ".join(self.cleaned_data["full_name"].split())
        if typed != " ".join(self.signer.get_full_name().split()):
            raise ValidationError(_("This is not the name of your account."))
        return typed

    def clean_password(self) -> str:
        """Only the signer's own password will do, and not after many wrong ones."""
        password = self.cleaned_data["password"]
        confirm_password(self.signer, password)
        return password


class SignatureForm(SignerForm):
    """The signer's form of one step. `task` and `action` are set on a subclass by the task.

    Its cleaned data is only `{"token": ...}`: Wagtail sends cleaned data back to the browser.
    `snapshot` spares reading the draft again, where the caller has it.
    """

    task: Any = None
    action = ""

    content_hash = forms.CharField(widget=forms.HiddenInput)
    # Left out: 0, the version that came with Prakat.
    checklist_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("content_hash",)

    def __init__(self, *args: Any, snapshot: Snapshot | None = None, **kwargs: Any) -> None:
        self.item = self.task.item
        self.snapshot = snapshot
        self.current_hash, self.problem = "", ""
        try:
            self.snapshot = snapshot or latest_snapshot(self.item)
            self.current_hash = self.snapshot.content_hash
        except MissingFile as error:
            self.problem = str(error)
        language_code = (
            self.snapshot.data["locale"] if self.snapshot else self.item.locale.language_code
        )
        super().__init__(*args, signer=self.task.signer, language_code=language_code, **kwargs)
        self.fields["content_hash"].initial = self.current_hash
        if self.snapshot:
            self.capacity = capacity_for(self.signer, self.task.role, self.snapshot.data)
        self._add_checklist() if self.action == "approve" else self._ask_for_reason()
        checks = [name for name in self.fields if name.startswith(_CHECK)]
        self.order_fields(["content_hash", *checks, "comment", "full_name", "position", "password"])

    def _add_checklist(self) -> None:
        checklist = current_checklist(self.task.role)
        self.version, self.statements = checklist.version, checklist.items
        self.fields["checklist_version"].initial = self.version
        if self.task.role == Role.APPROVER and (count := untranslated_in(self.item)):
            self.statements.append(untranslated_statement(count))
        for statement in self.statements:
            missing = {"required": _("Check this and tick the box, or return the item.")}
            self.fields[f"{_CHECK}{statement.key}"] = forms.BooleanField(
                label=statement.text, help_text=statement.help_text, error_messages=missing
            )

    def _ask_for_reason(self) -> None:
        self.version, self.statements = 0, []
        comment = self.fields["comment"]
        comment.required = True
        comment.label = _("Reason")
        comment.error_messages["required"] = _("Say what must be corrected, for whoever wrote it.")

    def clean(self) -> dict[str, Any]:
        """Turns what was typed into a token; refuses where content or checklist have moved on."""
        cleaned = super().clean() or {}
        if self.problem:
            raise ValidationError(self.problem)
        if moved_on := self._moved_on(cleaned):
            self._show_again()
            raise ValidationError(moved_on)
        if self.errors:
            return cleaned
        if self.action == "approve" and (problems := self.signing_problems()):
            raise ValidationError(problems)
        words = {
            "full_name": cleaned["full_name"],
            "position": cleaned["position"],
            "comment": cleaned["comment"],
            # The record is kept in the language of the office.
            "checklist": [statement.th for statement in self.statements],
            "checklist_version": self.version,
        }
        purpose = [self.task.task_state_id, self.action]
        return {"token": issue_token(self.signer, purpose, self.current_hash, words)}

    def signing_problems(self) -> list[str]:
        """What keeps the content from being signed, as sentences.

        What stands to the right of this app may object: an address that is taken, say.
        """
        if self.problem:
            return [self.problem]
        return [
            problem
            for hook in hooks.get_hooks("find_signing_problems")
            for problem in hook(self.snapshot, self.task.role)
        ]

    def _moved_on(self, cleaned: dict[str, Any]) -> str:
        """What is no longer as the signer read it; empty where everything is."""
        if cleaned.get("content_hash") != self.current_hash:
            return gettext(
                "The content has changed since you opened it. Read it again before you sign."
            )
        if self.action == "approve" and (cleaned.get("checklist_version") or 0) != self.version:
            return gettext(
                "The administrator has changed the checklist since you opened it. Read it again"
                " before you sign."
            )
        return ""

    def _show_again(self) -> None:
        """Keeps what was typed, but for the ticks: they were for what stood there before."""
        kept = {name: self.data[name] for name in self.data if not name.startswith(_CHECK)}
        self.data = {  # type: ignore[assignment]
            **kept,
            "content_hash": self.current_hash,
            "checklist_version": self.version,
        }


def untranslated_statement(count: int) -> Statement:
    """What an approver accepts of a translation with gaps. The number is part of its key: where
    another gap has opened meanwhile, the box is another one, and not ticked."""
    texts = {}
    for language in ("th", "en"):
        with override(language):
            texts[language] = ngettext(
                "%(count)d text is not translated and will stand there in Thai. I accept this.",
                "%(count)d texts are not translated and will stand there in Thai. I accept this.",
                count,
            ) % {"count": count}
    return Statement(f"untranslated_{count}", **texts)
