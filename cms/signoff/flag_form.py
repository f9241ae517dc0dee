"""The form with which a signer flags an item: why, the impact assessment, name and password."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState

from cms.signoff.flagging import ASSESSMENT, KINDS, purpose_of
from cms.signoff.forms import SignerForm
from cms.signoff.signing import capacity_for, issue_token
from cms.snapshot.snapshot import Snapshot


class FlagForm(SignerForm):
    """Asks for what `flag_item` needs; `token` is what becomes of the answers.

    The boxes and the assessment are those of the draft, with its labels and help texts. What is
    ticked there stays ticked.
    """

    action = "flag"

    content_hash = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("For the chief executive and the other signers; never public"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why it is urgent or sensitive.")},
    )

    def __init__(
        self, *args: Any, task_state: TaskState, snapshot: Snapshot, signer: Any, **kwargs: Any
    ) -> None:
        locale = snapshot.data["locale"]
        super().__init__(*args, signer=signer, language_code=locale, **kwargs)
        self.task_state, self.snapshot = task_state, snapshot
        self.fields["content_hash"].initial = snapshot.content_hash
        self.capacity = capacity_for(signer, task_state.task.specific.role, snapshot.data)
        for name in KINDS:
            is_set = getattr(snapshot.draft, name)
            self.fields[name] = forms.BooleanField(
                label=self._label(name), required=False, initial=is_set, disabled=is_set
            )
        for name in ASSESSMENT:
            self.fields[name] = forms.CharField(
                label=self._label(name),
                help_text=snapshot.draft._meta.get_field(name).help_text,
                initial=getattr(snapshot.draft, name),
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": gettext_lazy("Write it down: it must be weighed.")},
            )
        self.order_fields(
            ["content_hash", *KINDS, "reason", *ASSESSMENT, "full_name", "position", "password"]
        )

    def clean(self) -> dict[str, Any]:
        """Refuses where the content has moved on, or no box is ticked that was not before."""
        cleaned = super().clean() or {}
        if cleaned.get("content_hash") != self.snapshot.content_hash:
            kept = {name: self.data[name] for name in self.data}
            self.data = {  # type: ignore[assignment]
                **kept,
                "content_hash": self.snapshot.content_hash,
            }
            raise ValidationError(
                _("The content has changed since you opened it. Read it again before you sign.")
            )
        draft = self.snapshot.draft
        if not any(cleaned.get(name) and not getattr(draft, name) for name in KINDS):
            raise ValidationError(_("Say whether it is urgent, sensitive, or both."))
        return cleaned

    def token(self) -> str:
        """For flagging this content at this step, with exactly these words."""
        cleaned = self.cleaned_data
        words = {
            "full_name": cleaned["full_name"],
            "position": cleaned["position"],
            "comment": cleaned["reason"],
            "checklist": [],
            **{name: cleaned[name] for name in (*KINDS, *ASSESSMENT)},
        }
        purpose = purpose_of(self.task_state)
        return issue_token(self.signer, purpose, self.snapshot.content_hash, words)

    def _label(self, name: str) -> str:
        return capfirst(str(self.snapshot.draft._meta.get_field(name).verbose_name))
