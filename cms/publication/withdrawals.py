"""The rows of withdrawals: who asked, and what came of it. `withdraw` carries them out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WithdrawalQuerySet(models.QuerySet):
    """Withdrawals by their state."""

    def under_way(self) -> "WithdrawalQuerySet":
        """Signed by one, and neither carried out, taken back nor declined."""
        return self.filter(outcome="")


class Withdrawal(models.Model):
    """A withdrawal: asked for and signed by one, carried out when a second signs.

    The row stays whatever came of it: it is the log of who asked, and who declined and why.
    """

    class Ground(models.TextChoices):
        """Why a notice may go before the period for which the law wants it public is over."""

        COURT_ORDER = "court-order", _("Order of a court or of a supervising authority")
        PERSONAL_DATA = "personal-data", _("Personal data that may not be public")
        UNLAWFUL = "unlawful", _("The notice itself is against the law")

    class Outcome(models.TextChoices):
        """What came of it; empty while it is under way."""

        CARRIED_OUT = "carried-out", _("carried out")
        TAKEN_BACK = "taken-back", _("taken back by who asked")
        DECLINED = "declined", _("declined")

    publication = models.ForeignKey(
        "publication.Publication", on_delete=models.PROTECT, related_name="withdrawals"
    )
    reason = models.TextField(
        _("reason"), help_text=_("Shown to the public, in the language of the item")
    )
    ground = models.CharField(
        _("ground"), max_length=20, choices=Ground.choices, blank=True, default=""
    )
    first_signature = models.PositiveBigIntegerField(_("first signature"))
    requested_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=Outcome.choices, blank=True, default=""
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closing_reason = models.TextField(_("why it was taken back or declined"), blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["publication"],
                condition=models.Q(outcome=""),
                name="one_withdrawal_under_way",
            )
        ]

    def __str__(self) -> str:
        return self.publication.title
