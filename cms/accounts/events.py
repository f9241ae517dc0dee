"""What happens to accounts, and refusals of acts, told to whoever keeps the log (cms/audit).

A signal, as the log stands to the left of everything that has something to tell.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.dispatch import Signal

# Arguments: kind (a value of `cms.audit.models.AuditEvent.Kind`), user, subject, detail.
security_event = Signal()

Act = TypeVar("Act", bound=Callable[..., Any])


def tell(kind: str, *, user: Any = None, subject: str = "", detail: str = "") -> None:
    """Says that something happened that the log must know.

    `user` is whom it concerns; who did it, and from where, is known from the present request.
    """
    security_event.send(sender=None, kind=kind, user=user, subject=subject, detail=detail)


def tells_refusals(act: Act) -> Act:
    """Decorates an act with an argument `user`: each `PermissionDenied` it raises is told.

    Stands above `transaction.atomic`, so that the refusal is told after everything that the act
    did is rolled back. What the first argument is about is the subject.
    """
    parameters = inspect.signature(act)

    @functools.wraps(act)
    def telling(*args: Any, **kwargs: Any) -> Any:
        try:
            return act(*args, **kwargs)
        except PermissionDenied as error:
            arguments = parameters.bind(*args, **kwargs).arguments
            about = next((value for name, value in arguments.items() if name != "self"), "")
            tell("denied", user=arguments["user"], subject=str(about), detail=str(error))
            error.is_told = True  # type: ignore[attr-defined]
            raise

    return telling  # type: ignore[return-value]
