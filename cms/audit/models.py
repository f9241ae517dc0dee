"""The audit log: who signed in, was refused, exported, looked at drafts; from where, when.

Rows are appended and never changed. Triggers refuse to delete what is younger than 90 days, for
which section 26 of the Computer Crime Act B.E. 2550 has traffic data kept.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MINIMUM_DAYS = 90


class AuditEvent(models.Model):
    """One thing that happened."""

    wagtail_reference_index_ignore = True  # nobody asks where an account is used

    class Kind(models.TextChoices):
        """What it was."""

        SIGNED_IN = "signed_in", _("signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("sign-in failed")
        SIGNED_OUT = "signed_out", _("signed out")
        SIGNED_OUT_EVERYWHERE = "signed_out_everywhere", _("signed out everywhere")
        SIGNED_OUT_BY_ADMINISTRATOR = (
            "signed_out_by_administrator",
            _("signed out by an administrator"),
        )
        DENIED = "denied", _("refused")
        EXPORTED = "exported", _("exported")
        IMPORTED = "imported", _("imported")
        PREVIEWED = "previewed", _("looked at a draft")
        PASSWORD_REFUSED = "password_refused", _("wrong password while signed in")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        PASSWORD_SET = "password_set", _("password set by an administrator")
        LOCKED_OUT = "locked_out", _("must wait after wrong attempts")
        UNLOCKED = "unlocked", _("unlocked by an administrator")
        CODE_REFUSED = "code_refused", _("wrong code of the second factor")
        SECOND_FACTOR_SET_UP = "second_factor_set_up", _("second factor set up")
        SECOND_FACTOR_REMOVED = "second_factor_removed", _("second factor switched off")
        SECOND_FACTOR_RESET = "second_factor_reset", _("second factor reset by an administrator")
        RECOVERY_CODES_MADE = "recovery_codes_made", _("recovery codes made")
        RECOVERY_CODE_USED = "recovery_code_used", _("recovery code used")
        RULES_CHANGED = "rules_changed", _("sign-in rule changed")
        TOKEN_MADE = "token_made", _("key made")
        TOKEN_USED = "token_used", _("key used")
        TOKEN_REVOKED = "token_revoked", _("key ended")
        PAGE_UNLOCKED = "page_unlocked", _("private page opened with its password")
        UNLOCK_REFUSED = "unlock_refused", _("wrong password of a private page")
        PRIVACY_CHANGED = "privacy_changed", _("who may read a page changed")

    kind = models.CharField(_("what happened"), max_length=40, choices=Kind.choices, db_index=True)
    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="audit_events",
        verbose_name=_("account"),
    )
    # The account as text; of a failed attempt at none that exists, a keyed hash (`log.py`).
    username = models.CharField(_("user name"), max_length=150, blank=True)
    # Who did it, where that is somebody else: an administrator.
    actor = models.CharField(_("done by"), max_length=150, blank=True)
    address = models.CharField(_("address of the client"), max_length=45, blank=True)
    user_agent = models.CharField(_("browser"), max_length=200, blank=True)
    view_name = models.CharField(_("view"), max_length=200, blank=True)
    path = models.CharField(_("path"), max_length=300, blank=True)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    detail = models.TextField(_("details"), blank=True)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit log")
        ordering = ("-pk",)
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.username}"
