"""Records that pages refer to: divisions of the office, items of the announcement."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail_localize.fields import SynchronizedField


class SignableSnippet(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    models.Model,
):
    """A record without a page of its own that is signed and published like one."""

    title = models.CharField(_("name"), max_length=250)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    public_fields: ClassVar[list[str]] = []
    needs_executive = False

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering: ClassVar = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.title

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """This draft as the public site would show it."""
        return import_string(settings.DRAFT_RENDERER)(request, self)


class Department(SignableSnippet):
    """A division of the office (announcement, chapter 2)."""

    short_title = models.CharField(_("short name"), max_length=100, blank=True)
    duties = models.TextField(_("powers and duties"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    public_fields: ClassVar = ["short_title", "duties", "telephone", "email", "sort_order"]
    override_translatable_fields: ClassVar = [SynchronizedField("telephone")]
    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("short_title"),
        FieldPanel("duties"),
        FieldRowPanel([FieldPanel("telephone"), FieldPanel("email")]),
        FieldPanel("sort_order"),
    ]

    class Meta(SignableSnippet.Meta):
        verbose_name = _("division")
        verbose_name_plural = _("divisions")


class DisclosureItem(SignableSnippet):
    """An item that the announcement obliges the office to publish, e.g. 1.4 (1)."""

    code = models.CharField(_("code"), max_length=20, help_text=_("As in the announcement: 1.4(1)"))
    description = models.TextField(_("description"), blank=True)

    public_fields: ClassVar = ["code", "description", "sort_order"]
    override_translatable_fields: ClassVar = [SynchronizedField("code", overridable=False)]
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("sort_order")]),
        FieldPanel("title"),
        FieldPanel("description"),
    ]

    class Meta(SignableSnippet.Meta):
        verbose_name = _("disclosure item")
        verbose_name_plural = _("disclosure items")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
