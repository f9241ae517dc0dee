"""One public record of each type, with every public field filled in: what a reader can ask about.

Nothing here knows the types: a value is made for each kind of field and of block. The records
enter the public record without signatures, which take a second each.
"""

import datetime
import uuid
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from cms.publication import search_index
from cms.publication.addresses import address_for, move_address
from cms.publication.files import pin_files
from cms.publication.models import Publication, facets
from cms.snapshot.snapshot import snapshot_of
from content_api.types import object_types
from pages.fields import MultipleChoiceField
from pages.models import OfficeDocument, OfficeImage
from tests.office import Office, document, image

TEXT = "ข้อความตัวอย่าง 2569"
DAY = datetime.date(2026, 11, 20)
MOMENT = datetime.datetime(2026, 11, 20, 2, tzinfo=datetime.UTC)
URL = "https://youtu.be/abcdef12345"  # also that of a video
# What every office has already, or what is published in a way of its own.
APART = {"HomePage", "Alert"}
BY_NAME: dict[str, Any] = {
    "fiscal_year": 2569,
    "last_fiscal_year": 2570,
    "latitude": "13.756300",
    "longitude": "100.501800",
    "old_path": "/old-address/",
    "target_page": None,
    "link_page": None,
    "reports_to": None,
    "menu_order": 0,  # those that are not in the menus
}
# Of a field's kinds the most special comes first.
BY_KIND: dict[type, Any] = {
    models.EmailField: "office@example.org",
    models.URLField: URL,
    models.DateTimeField: MOMENT,
    models.DateField: DAY,
    models.BooleanField: True,
    models.DecimalField: "1234.50",
    models.IntegerField: 5,
}


class EveryType:
    """Publishes in an office one record of each type in each language."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.picture = image("teal", (400, 300))
        self.paper = document(b"%PDF-1.4 every type", "every-type.pdf")
        self.public: dict[type, Any] = {}  # in Thai, as what later ones refer to

    def publish(self) -> None:
        """Each type; those without a page first, as pages refer to them."""
        types = [apps.get_model("pages", name) for name in object_types if name not in APART]
        for model in sorted(types, key=lambda model: issubclass(model, Page)):
            key = uuid.uuid4()
            self.public[model] = self._publish(model, key, "th")
            if issubclass(model, Page):
                self._publish(model, key, "en")

    def _publish(self, model: Any, key: uuid.UUID, language: str) -> Any:
        locale = {"th": self.office.thai, "en": self.office.english}[language]
        item = model(title=f"{model.__name__} {TEXT}", locale=locale, translation_key=key)
        for name in model.public_fields:
            setattr(item, name, self._value(model._meta.get_field(name)))
        if isinstance(item, Page):
            parent = {"th": self.office.news, "en": self.office.english_news}[language]
            item.slug, item.live, item.show_in_menus = f"t-{model.__name__.lower()}", False, True
            item.full_clean = lambda *args, **kwargs: None  # values need not fit each other
            type(parent).objects.get(pk=parent.pk).add_child(instance=item)
        else:
            item.save()
        append(item)
        return item

    # --- values ----------------------------------------------------------------------------------

    def _value(self, field: Any) -> Any:
        """A value for one field of a model."""
        if field.name in BY_NAME:
            return BY_NAME[field.name]
        if isinstance(field, StreamField):
            return field.to_python(self._stream(field.stream_block))
        if isinstance(field, models.ForeignKey):
            return self._record(field.related_model)
        if isinstance(field, MultipleChoiceField):
            return field.options.values[:2] if field.options else []
        if field.choices:
            return next(key for key, _label in field.flatchoices if key)
        if isinstance(field, RichTextField):
            return self._html()
        known = (value for kind, value in BY_KIND.items() if isinstance(field, kind))
        return next(known, TEXT[: field.max_length])

    def _record(self, model: Any) -> Any:
        """What a foreign key leads to: a file, or a record that is public already."""
        if model is OfficeImage:
            return self.picture
        if model is OfficeDocument:
            return self.paper
        return self.office.news if model is Page else self.public.get(model)

    def _html(self) -> str:
        return (
            f'<h3>{TEXT}</h3><p>อ่าน <a linktype="page" id="{self.office.news.pk}">ข่าว</a> '
            f'<a linktype="document" id="{self.paper.pk}">แฟ้ม</a> &amp; <b>ต่อ</b><br/></p>'
            "<ul><li>หนึ่ง</li></ul>"
        )

    def _stream(self, block: Any) -> list[dict[str, Any]]:
        """One block of each kind that a stream takes."""
        return [
            {"type": name, "id": str(uuid.uuid4()), "value": self._block(child)}
            for name, child in block.child_blocks.items()
        ]

    def _block(self, block: Any) -> Any:
        """The stored value of one block."""
        if isinstance(block, blocks.StreamBlock):
            return self._stream(block)
        if isinstance(block, blocks.StructBlock):
            return {name: self._block(child) for name, child in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            item = {
                "type": "item",
                "id": str(uuid.uuid4()),
                "value": self._block(block.child_block),
            }
            return [item]
        if isinstance(block, TypedTableBlock):
            kinds = list(block.child_blocks.items())
            columns = [{"type": name, "heading": name} for name, _child in kinds]
            rows = [{"values": [self._block(child) for _name, child in kinds]}]
            return {"caption": TEXT, "columns": columns, "rows": rows}
        return self._leaf(block)

    def _leaf(self, block: Any) -> Any:
        if isinstance(block, blocks.MultipleChoiceBlock):
            return [_first_choice(block)]
        if isinstance(block, blocks.ChoiceBlock):
            return _first_choice(block)
        choosers = {
            ImageChooserBlock: self.picture.pk,
            DocumentChooserBlock: self.paper.pk,
            blocks.PageChooserBlock: self.office.news.pk,
            blocks.RichTextBlock: self._html(),
            blocks.URLBlock: URL,
            blocks.BooleanBlock: True,
            blocks.DateTimeBlock: MOMENT.isoformat(),
            blocks.DateBlock: DAY.isoformat(),
            blocks.TimeBlock: "09:00:00",
            blocks.DecimalBlock: "1234.50",
            blocks.IntegerBlock: 3,
        }
        return next((value for kind, value in choosers.items() if isinstance(block, kind)), "12")


def _first_choice(block: Any) -> Any:
    choices = [choice for choice in block.field.choices if choice[0]]
    key, label = choices[0]
    return label[0][0] if isinstance(label, list | tuple) else key


def append(item: Any) -> Publication:
    """Writes a record as it stands in memory into the public record, as `publish` does."""
    snapshot, now = snapshot_of(item), timezone.now()
    address = address_for(snapshot.data)
    publication = Publication.append(
        address=address,
        kind=Publication.Kind.PUBLICATION,
        snapshot=snapshot.text,
        content_hash=snapshot.content_hash,
        signatures="[]",
        published_at=now,
        effective_from=now,
        **facets(snapshot.data),
    )
    publication.files.set(pin_files(snapshot))
    move_address(address, snapshot.data)
    search_index.write(publication)
    return publication
