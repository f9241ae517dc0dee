"""Chapter 1.3 (2) of the announcement: electronic services."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from pages.base import ContentPage
from pages.blocks import BodyBlock


class EServicePage(ContentPage):
    """An electronic service of the agency (1.3 (2) e-Service)."""

    class SignIn(models.TextChoices):
        """How a user proves who they are."""

        NONE = "none", _("No sign-in")
        ACCOUNT = "account", _("An account of the service")
        THAID = "thaid", _("ThaID")
        OTHER = "other", _("Another way")

    class State(models.TextChoices):
        """Whether the service can be used now."""

        OPEN = "open", _("Open")
        LIMITED = "limited", _("Open in part")
        MAINTENANCE = "maintenance", _("Under maintenance")
        CLOSED = "closed", _("Closed")

    service_url = models.URLField(
        _("address"),
        blank=True,
        help_text=_("Where the service is used, if it stands on another site"),
    )
    service_page = models.ForeignKey(
        "pages.ContentPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page on this site"),
        help_text=_("Where the service is used, if it stands on this site"),
    )
    audience = models.TextField(
        _("who may use it"), help_text=_("For example: residents of the tambon, contractors")
    )
    sign_in = models.CharField(
        _("sign-in"),
        max_length=20,
        choices=SignIn.choices,
        default=SignIn.NONE,
        help_text=_("What a user needs before the first step"),
    )
    sign_in_note = models.CharField(
        _("about the sign-in"),
        max_length=250,
        blank=True,
        help_text=_("For example where to get an account"),
    )
    state = models.CharField(
        _("status"),
        max_length=20,
        choices=State.choices,
        default=State.OPEN,
        help_text=_("Whether the service can be used now"),
    )
    state_note = models.CharField(
        _("about the status"),
        max_length=250,
        blank=True,
        help_text=_("For example until when it is closed, and what to do meanwhile"),
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("what it does"),
        help_text=_("What one can do with it, and how, step by step"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "service_url",
        "service_page",
        "audience",
        "sign_in",
        "sign_in_note",
        "state",
        "state_note",
        "body",
    ]
    content_panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("service_url"), FieldPanel("service_page")], heading=_("Address")
        ),
        FieldPanel("audience"),
        FieldRowPanel([FieldPanel("sign_in"), FieldPanel("sign_in_note")]),
        FieldRowPanel([FieldPanel("state"), FieldPanel("state_note")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("e-Service")

    def clean_for_signing(self) -> None:
        """A service has an address, on this site or another."""
        super().clean_for_signing()
        if not self.service_url and self.service_page_id is None:
            message = _("Give the address of the service, or choose its page on this site.")
            raise ValidationError({"service_url": message})
