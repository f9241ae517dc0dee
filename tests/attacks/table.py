"""The table of attacks: a name in words, who tries what, and how it is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.attacks.stage import Stage


class Refusal(StrEnum):
    """How the attacker learns that it did not work."""

    RAISED = "raised"  # an exception in the process
    ANSWERED = "answered"  # an HTTP answer that grants nothing
    IN_VAIN = "in vain"  # the act itself goes through, and changes no public word


@dataclass(frozen=True)
class Attack:
    """One row. `prepare` makes what the attacker finds; the act it returns is then tried."""

    name: str
    refusal: Refusal
    prepare: Callable[[Stage], Callable[[], Any]]


ATTACKS: list[Attack] = []


def attack(name: str, refusal: Refusal = Refusal.RAISED) -> Callable:
    """Adds a function to the table: given the stage, it returns the act."""

    def add(prepare: Callable[[Stage], Callable[[], Any]]) -> Callable:
        ATTACKS.append(Attack(name, refusal, prepare))
        return prepare

    return add
