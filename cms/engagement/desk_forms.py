"""The small forms beside a case: each is one act of its desk."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.engagement import handling
from cms.engagement.cases import Case
from cms.engagement.channels import Channel, State, closing_states, open_states
from cms.engagement.permissions import handlers_of

_TEXT_LENGTH = 10_000  # characters


class CaseForm(forms.Form):
    """One act on one case. `act` is its name in the request."""

    act = ""
    button: Any = ""
    done: Any = ""  # what the handler reads afterwards
    perform: Callable[[Any], None]  # carries the act out for a user, by the rules of `handling`

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": f"{self.act}_%s"})
        self.case = case


class HandlerField(forms.ModelChoiceField):
    """Members of a desk, by name."""

    def label_from_instance(self, user: Any) -> str:
        """The name, or the account's where it has none."""
        return user.get_full_name() or user.get_username()


class AssignForm(CaseForm):
    """Who takes care of it."""

    act, button, done = "assign", _("Assign"), _("Assigned.")
    to = HandlerField(queryset=None, required=False, label=_("Assigned to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = handlers_of(self.case.channel)  # type: ignore[attr-defined]
        self.fields["to"].empty_label = _("nobody")  # type: ignore[attr-defined]
        self.fields["to"].initial = self.case.handled_by_id

    def perform(self, user: Any) -> None:
        """Assigns."""
        handling.assign(self.case, user, self.cleaned_data["to"])


class StateForm(CaseForm):
    """How far it is."""

    act, button, done = "state", _("Change the state"), _("The state was changed.")
    state = forms.ChoiceField(label=_("State"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = open_states(self.case.channel)
        self.fields["state"].choices = _choices(states)  # type: ignore[attr-defined]
        self.fields["state"].initial = self.case.state

    def perform(self, user: Any) -> None:
        """Moves the case."""
        handling.change_state(self.case, user, self.cleaned_data["state"])


class ReplyForm(CaseForm):
    """The answer to the sender."""

    act, button, done = "reply", _("Send the answer"), _("The answer was sent.")
    text = forms.CharField(
        label=_("Answer"),
        max_length=_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "The sender reads it with the reference number, and by mail where there is an address"
        ),
    )
    state = forms.ChoiceField(label=_("Result"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = closing_states(self.case.channel)
        self.fields["state"].choices = _choices(states)  # type: ignore[attr-defined]
        self.fields["text"].initial = self.case.answer

    def perform(self, user: Any) -> None:
        """Answers."""
        handling.reply(self.case, user, self.cleaned_data["text"], self.cleaned_data["state"])


class ModerationForm(CaseForm):
    """Whether an opinion joins those that are published, and in which words."""

    act, button, done = "moderate", _("Decide"), _("The decision was noted.")
    state = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    public_text = forms.CharField(
        label=_("Opinion as it will be public"),
        required=False,
        max_length=_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Take out names, addresses and numbers by which somebody could be found"),
    )
    reason = forms.CharField(
        label=_("Reason, where it is set aside"),
        required=False,
        max_length=_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The sender reads it with the reference number"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = closing_states(self.case.channel)
        self.fields["state"].choices = _choices(states)  # type: ignore[attr-defined]
        self.fields["state"].initial = self.case.state
        self.fields["public_text"].initial = self.case.public_text or proposed_text(self.case)
        self.fields["reason"].initial = self.case.answer

    def clean(self) -> dict[str, Any]:
        """Each decision needs its own text."""
        cleaned = super().clean() or {}
        needed = "public_text" if cleaned.get("state") == State.ACCEPTED else "reason"
        if cleaned.get("state") and not cleaned.get(needed):
            self.add_error(needed, _("Please fill this in."))
        return cleaned

    def perform(self, user: Any) -> None:
        """Accepts or sets aside."""
        state = self.cleaned_data["state"]
        name = "public_text" if state == State.ACCEPTED else "reason"
        handling.moderate(self.case, user, state, self.cleaned_data[name])


class NoteForm(CaseForm):
    """A word to the other handlers."""

    act, button, done = "note", _("Add the note"), _("The note was added.")
    text = forms.CharField(
        label=_("Internal note"),
        max_length=_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sender never reads it"),
    )

    def perform(self, user: Any) -> None:
        """Notes."""
        handling.add_note(self.case, user, self.cleaned_data["text"])


def case_forms(channel: str) -> list[type[CaseForm]]:
    """The acts that a desk has for its cases, the most usual first."""
    answer: type[CaseForm] = ModerationForm if channel == Channel.OPINION else ReplyForm
    return [answer, StateForm, AssignForm, NoteForm]


def proposed_text(case: Case) -> str:
    """What an opinion says, without the short fields, which hold names and contacts."""
    return "\n\n".join(case.answers_of("multi_line_field"))


def _choices(states: tuple[State, ...]) -> list[tuple[str, Any]]:
    return [(state.value, state.label) for state in states]
