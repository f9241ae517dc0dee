"""In one's account: when somebody signed in with it lately, or tried to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.accounts.wagtail_hooks import NoFormPanel
from cms.audit.models import AuditEvent

Kind = AuditEvent.Kind
SHOWN = 10
_OF_INTEREST = [
    Kind.SIGNED_IN,
    Kind.SIGN_IN_FAILED,
    Kind.SIGNED_OUT_EVERYWHERE,
    Kind.SIGNED_OUT_BY_ADMINISTRATOR,
    Kind.LOCKED_OUT,
    Kind.PASSWORD_CHANGED,
    Kind.PASSWORD_SET,
    Kind.SECOND_FACTOR_SET_UP,
    Kind.SECOND_FACTOR_REMOVED,
    Kind.SECOND_FACTOR_RESET,
    Kind.RECOVERY_CODE_USED,
]


class SignInsPanel(NoFormPanel):
    """The latest events of one's own account, for noticing what was somebody else."""

    name = "sign_ins"
    title = _("Latest sign-ins")
    order = 600
    template_name = "audit/sign_ins.html"

    def get_context_data(self) -> dict[str, Any]:
        """The newest first."""
        own = AuditEvent.objects.filter(user=self.user.pk, kind__in=_OF_INTEREST)
        return {"events": own[:SHOWN]}
