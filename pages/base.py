"""What every page of the office shares: the fields, the panels and the rules."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Page, Revision
from wagtail_localize.fields import SynchronizedField

from cms.thai.dates import FIRST_BUDDHIST_YEAR
from cms.thai.slugs import romanised_slug
from cms.thai.typed_dates import buddhist_year_message
from pages.blocks import AttachmentsBlock, RelatedPagesBlock
from pages.code_lists import OfficialInformationSection
from pages.divisions import check_division
from pages.fields import MultipleChoiceField
from pages.forms import ContentPageForm
from pages.panels import CorrectionNotePanel, window_panel
from pages.permissions import SignedPagePermissionTester
from pages.pictures import check_alternative_texts
from pages.previews import TwoLanguagePreview


def refuse_buddhist_years(instance: models.Model, names: list[str]) -> None:
    """Raises `ValidationError` at each date field whose year can only be a Buddhist-era one."""
    errors = {}
    for name in names:
        value = getattr(instance, name)
        if value and value.year >= FIRST_BUDDHIST_YEAR:
            errors[name] = buddhist_year_message(value.year)
    if errors:
        raise ValidationError(errors)


class ContentPage(TwoLanguagePreview, Page):
    """The concrete parent of every page type (docs/decisions/0003).

    A row of this table is a draft. What the public reads is the publication that the
    signatures made of it. `public_fields` names what enters the snapshot and the GraphQL type,
    in this order; what is not named is not public.
    """

    summary = models.TextField(
        _("summary"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences for lists, feeds and search results"),
    )
    department = models.ForeignKey(
        "pages.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible division"),
        help_text=_("The division that prepares this information (announcement 2.2)"),
    )
    disclosure_item = models.ForeignKey(
        "pages.DisclosureItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("disclosure item"),
        help_text=_("The item of chapter 1 of the announcement that this fulfils"),
    )
    posted_on = models.DateField(
        _("date posted"),
        null=True,
        blank=True,
        help_text=_("The day of posting, which readers are to see (announcement 1.4 (1))"),
    )
    review_due = models.DateField(
        _("review due"),
        null=True,
        blank=True,
        help_text=_("When the division checks again that this is still right (announcement 2.1)"),
    )
    is_urgent = models.BooleanField(
        _("urgent or important event"),
        default=False,
        help_text=_("The chief executive or chief administrator signs too (announcement 4.1)"),
    )
    is_sensitive = models.BooleanField(
        _("affects the image of the tambon"),
        default=False,
        help_text=_("The chief executive or chief administrator signs too (announcement 4.1)"),
    )
    benefits = models.TextField(
        _("benefits of disclosure"),
        blank=True,
        help_text=_("Who gains from knowing this, and what (announcement 4.2)"),
    )
    harms = models.TextField(
        _("harms of disclosure"),
        blank=True,
        help_text=_("Whom or what it could harm, and how that is kept small (announcement 4.2)"),
    )
    after_effects = models.TextField(
        _("effects after disclosure"),
        blank=True,
        help_text=_("What may follow once it is public, and who answers for it (announcement 4.2)"),
    )
    menu_order = models.PositiveIntegerField(
        _("order in menus"), default=0, help_text=_("Smaller numbers come first")
    )
    official_information = MultipleChoiceField(
        _("official information"),
        options=OfficialInformationSection,
        help_text=_(
            "The parts of sections 7 and 9 of the Official Information Act B.E. 2540 that this"
            " fulfils: it is then listed on their index pages (announcement 1.2(1))"
        ),
    )
    attachments = StreamField(
        AttachmentsBlock(required=False),
        blank=True,
        verbose_name=_("attachments"),
        help_text=_("Files to download: PDF, DOC, TXT, TIFF or JPEG (announcement 1.4(1))"),
    )
    related_pages = StreamField(
        RelatedPagesBlock(required=False),
        blank=True,
        verbose_name=_("related pages"),
        help_text=_("Shown as links below the page, while they are public"),
    )

    correction_note = models.TextField(
        _("correction note"),
        max_length=500,
        blank=True,
        help_text=_("For readers: what you corrected, in one sentence. Only for this correction"),
    )

    public_fields: ClassVar[list[str]] = [
        "summary",
        "correction_note",
        "department",
        "disclosure_item",
        "posted_on",
        "is_urgent",
        "menu_order",
        "official_information",
        "attachments",
        "related_pages",
    ]
    override_translatable_fields: ClassVar = [
        # One address in both languages; the assessment is the office's own paper, in Thai.
        SynchronizedField("slug", overridable=False),
        SynchronizedField("benefits", overridable=False),
        SynchronizedField("harms", overridable=False),
        SynchronizedField("after_effects", overridable=False),
    ]

    # No TitleFieldPanel: the slug is romanised when the draft is saved, not guessed while typing.
    title_panels: ClassVar = [
        FieldPanel(
            "title",
            classname="title",
            widget=forms.TextInput(attrs={"placeholder": _("Page title")}),
            help_text=_("What it is about, in one line and in the words that people search for"),
        ),
        FieldPanel("summary"),
        CorrectionNotePanel("correction_note"),
    ]
    content_panels: ClassVar[list] = []
    office_panels: ClassVar = [
        FieldPanel("department"),
        FieldPanel("disclosure_item"),
        FieldRowPanel([FieldPanel("posted_on"), FieldPanel("review_due")]),
        FieldPanel("official_information"),
        FieldPanel("attachments"),
        FieldPanel("related_pages"),
    ]
    urgency_panels: ClassVar = [
        FieldRowPanel([FieldPanel("is_urgent"), FieldPanel("is_sensitive")]),
        MultiFieldPanel(
            [FieldPanel("benefits"), FieldPanel("harms"), FieldPanel("after_effects")],
            heading=_("Impact assessment (announcement 4.2)"),
            help_text=_("Required where one of the two boxes is ticked; never public"),
        ),
    ]
    address_panels: ClassVar = [
        FieldPanel(
            "slug",
            help_text=_(
                "The last part of the page's address: small letters a-z, digits and hyphens. "
                "Left empty, it is made from the title"
            ),
        ),
        FieldRowPanel(
            [
                FieldPanel("show_in_menus", help_text=_("Whether the menus of the site name it")),
                FieldPanel("menu_order"),
            ]
        ),
    ]
    window_panels: ClassVar = [window_panel()]
    base_form_class = ContentPageForm
    parent_page_types: ClassVar[list[str]] = ["pages.SectionPage"]
    subpage_types: ClassVar[list[str] | None] = []
    is_creatable = False

    class Meta:
        verbose_name = _("content page")

    @classmethod
    def get_edit_handler(cls) -> TabbedInterface:
        """The five tabs of every page type; a type fills `content_panels`."""
        tabs = [
            ObjectList([*cls.title_panels, *cls.content_panels], heading=_("Content")),
            ObjectList(cls.office_panels, heading=_("Responsibility")),
            ObjectList(cls.urgency_panels, heading=_("Urgency")),
            ObjectList(cls.address_panels, heading=_("Address")),
            ObjectList(cls.window_panels, heading=_("Time window")),
        ]
        return TabbedInterface(tabs, base_form_class=cls.base_form_class).bind_to_model(cls)

    def permissions_for_user(self, user) -> SignedPagePermissionTester:
        """Nobody has the publish permission; each edits for the own divisions."""
        return SignedPagePermissionTester(user, self)

    def save_revision(self, user=None, **kwargs) -> Revision:
        """Raises `PermissionDenied` where `user` does not work for the division, old or new."""
        if user is not None:
            check_division(user, self)
        return super().save_revision(user=user, **kwargs)

    def full_clean(self, *args, **kwargs) -> None:
        """Gives the page an ASCII address from its title where the editor gave none."""
        if not self.slug and self.title:  # type: ignore[has-type]
            self.slug = self._get_autogenerated_slug(romanised_slug(self.title))
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """A year from 2400 is a Buddhist-era year in a field of the common era."""
        super().clean()
        refuse_buddhist_years(self, ["posted_on", "review_due", "go_live_at", "expire_at"])

    def clean_for_signing(self) -> None:
        """What a draft may lack and a signed item may not; a type adds its own rules.

        Every picture says what it shows; an urgent or sensitive item has its impact assessment
        (announcement 4.2).
        """
        check_alternative_texts(self)
        if self.is_urgent or self.is_sensitive:
            missing = [f for f in ("benefits", "harms", "after_effects") if not getattr(self, f)]
            if missing:
                message = _(
                    "Write it down: an urgent item, or one that affects the tambon's image, must "
                    "be weighed before it is disclosed (announcement 4.2)."
                )
                raise ValidationError(dict.fromkeys(missing, message))

    @property
    def needs_executive(self) -> bool:
        """Whether the chief executive or chief administrator must sign too (announcement 4.1)."""
        return self.is_urgent or self.is_sensitive

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """The address on the public site: `/th/...`. Wagtail serves no page itself."""
        site_id = (super().get_url_parts(request) or (None,))[0]
        if site_id is None:
            return None
        below_home = self.url_path.strip("/").split("/")[1:]
        path = "/".join([self.locale.language_code, *below_home])
        return site_id, settings.BASE_URL, f"/{path}/"
