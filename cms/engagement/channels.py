"""The five channels by which citizens reach the office, and the states of a case in each."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Why somebody writes (announcement 1.3 (3), 1.4 (2), 1.4 (3)).

    Corruption has a channel and a desk of its own, apart from complaints: the integrity
    assessment (ITA, channel for corruption complaints) asks for it, to protect who reports.
    """

    FORM = "form", _("e-Form")
    QUESTION = "question", _("Question")
    COMPLAINT = "complaint", _("Complaint")
    CORRUPTION = "corruption", _("Corruption complaint")
    OPINION = "opinion", _("Opinion")

    @property
    def letter(self) -> str:
        """The first letter of this channel's reference numbers."""
        return _LETTERS[self]

    @property
    def desk(self) -> Any:
        """The name of this channel's desk, in the user's language."""
        return _DESKS[self]

    @property
    def permission(self) -> str:
        """What whoever works at this channel's desk holds."""
        return f"engagement.{self.codename}"

    @property
    def codename(self) -> str:
        """The name of that permission within the app."""
        return f"handle_{self.value}"


_LETTERS = {
    Channel.FORM: "F",
    Channel.QUESTION: "Q",
    Channel.COMPLAINT: "C",
    Channel.CORRUPTION: "R",
    Channel.OPINION: "P",
}
_DESKS = {
    Channel.FORM: _("e-Forms"),
    Channel.QUESTION: _("Questions"),
    Channel.COMPLAINT: _("Complaints"),
    Channel.CORRUPTION: _("Corruption complaints"),
    Channel.OPINION: _("Opinions"),
}
# Bilingual names, as a group's name cannot be translated.
DESK_GROUPS = {
    Channel.FORM: "ผู้รับคำขอ e-Form (e-Form desk)",
    Channel.QUESTION: "ผู้ตอบคำถามประชาชน (Questions desk)",
    Channel.COMPLAINT: "ผู้รับเรื่องร้องเรียน (Complaints desk)",
    Channel.CORRUPTION: "ผู้รับเรื่องร้องเรียนการทุจริต (Corruption complaints desk)",
    Channel.OPINION: "ผู้รวบรวมความคิดเห็น (Public hearing desk)",
}


class State(models.TextChoices):
    """Where a case is. Opinions are accepted or set aside, everything else is answered."""

    NEW = "new", _("Received")
    REVIEW = "review", _("Being examined")
    PROGRESS = "progress", _("In progress")
    ANSWERED = "answered", _("Answered")
    NO_GROUND = "no_ground", _("Closed: examined, without ground")
    ACCEPTED = "accepted", _("Opinion accepted")
    SET_ASIDE = "set_aside", _("Opinion set aside")


OPEN_STATES = (State.NEW, State.REVIEW, State.PROGRESS)
# States that come with words for the sender: only `handling.reply` and `moderate` set them.
_CLOSED = (State.ANSWERED, State.NO_GROUND)
_MODERATED = (State.ACCEPTED, State.SET_ASIDE)


def open_states(channel: str) -> tuple[State, ...]:
    """The states between which a handler moves a case without a word to the sender."""
    return (State.NEW, State.REVIEW) if channel == Channel.OPINION else OPEN_STATES


def closing_states(channel: str) -> tuple[State, ...]:
    """The states in which a case ends."""
    return _MODERATED if channel == Channel.OPINION else _CLOSED


def states_of(channel: str) -> tuple[State, ...]:
    """Every state that a case of a channel can have, in order."""
    return (*open_states(channel), *closing_states(channel))
