"""Records that are signed and published like pages, and the divisions of the office."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail_localize.fields import SynchronizedField

from pages.department_collections import keep_collection
from pages.divisions import check_division
from pages.forms import SignableSnippetForm
from pages.pictures import check_alternative_texts
from pages.previews import TwoLanguagePreview


class SignableSnippet(
    TwoLanguagePreview,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    models.Model,
):
    """A record without a page of its own that is signed and published like one."""

    title = models.CharField(
        _("name"), max_length=250, help_text=_("The full name, as readers are to see it")
    )
    sort_order = models.PositiveIntegerField(
        _("order"), default=0, help_text=_("Smaller numbers come first")
    )

    public_fields: ClassVar[list[str]] = []
    needs_executive = False
    takes_quick_path: ClassVar = False  # two signatures instead of three: alerts alone
    base_form_class = SignableSnippetForm

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering: ClassVar = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.title

    def save_revision(self, user: Any = None, **kwargs: Any) -> Revision:
        """Raises `PermissionDenied` where `user` does not work for the division, old or new."""
        if user is not None:
            check_division(user, self)
        return super().save_revision(user=user, **kwargs)

    def clean_for_signing(self) -> None:
        """What a draft may lack and a signed record may not; a type adds its own rules."""
        check_alternative_texts(self)


class Department(SignableSnippet):
    """A division of the office (announcement, chapter 2)."""

    short_title = models.CharField(
        _("short name"),
        max_length=100,
        blank=True,
        help_text=_("For lists; the division's collection of images and documents is named so too"),
    )
    duties = models.TextField(
        _("powers and duties"),
        blank=True,
        help_text=_("What the division does for the public, in plain words (announcement 1.1 (1))"),
    )
    telephone = models.CharField(
        _("telephone"),
        max_length=60,
        blank=True,
        help_text=_("With the area code and, where there is one, the extension"),
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("The address of the division, not of a person")
    )

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With the division's collection of images and documents."""
        super().save(*args, **kwargs)
        keep_collection(self)
