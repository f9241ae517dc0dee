"""Loads the demonstration content: written, translated and signed by the demonstration accounts.

The list of what must be published is the one that is shipped with `cms.oversight`. The content is
TOML below `content/`: divisions, the front page, the sections, news, and in `items/` every other
page and record. An entry of `items/` is:

    [[item]]
    type = "LawPage"            # a page type or a record (snippet)
    key = "law-sao-act"         # how other entries refer to it
    parent = "agency-laws"      # key of the section, for pages
    slug = "sao-act"
    languages = ["th", "en"]    # the default; ["th"] for Thai alone
    title = { th = "...", en = "..." }
    summary = { th = "...", en = "..." }
    department = "finance"
    disclosure_item = "1.1(2)"
    [item.fields]               # plain fields: numbers, choices, dates, texts, references
    kind = "act"
    source = { th = "...", en = "..." }
    [item.english]              # images that are others in English
    image = { image = "banner-en.jpg" }
    [[item.streams.body]]       # a StreamField, block by block
    type = "paragraphs"
    th = ["..."]
    en = ["..."]

`cms.demonstration.values` tells how values are written.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.utils import timezone
from wagtail.models import Page

from cms.demonstration import content
from cms.demonstration.accounts import assign_divisions
from cms.demonstration.alerts import alert_count, load_alerts
from cms.demonstration.answers import load_answers
from cms.demonstration.files import create_file
from cms.demonstration.staff import Staff
from cms.demonstration.values import ValueBuilder
from cms.oversight.assessment_lists import load_shipped
from cms.oversight.disclosure_lists import SHIPPED, import_disclosure_items, shipped_count
from cms.schedule.models import Holiday
from pages.models import (
    ContentPage,
    Department,
    DisclosureItem,
    HomePage,
    NewsPage,
    OfficeImage,
    SectionPage,
)

_SCHEDULED_DAYS_AHEAD = 30
_MOVED_TO = "participation-public-opinion"
_OBLIGATIONS = "รายการข้อมูลที่ต้องเผยแพร่ตามประกาศ (ตัวอย่าง)"


def load_holidays() -> None:
    """The public holidays that fall on the same day each year."""
    entries = content.read("holidays.toml")
    for entry in entries["holiday"]:
        for year in entries["years"]:
            Holiday.objects.get_or_create(
                date=datetime.date(year, entry["month"], entry["day"]),
                defaults={"name_th": entry["name"]["th"], "name_en": entry["name"]["en"]},
            )


class DemonstrationLoader:
    """Plays the office: every item takes the way that a real one takes."""

    def __init__(self) -> None:
        self.staff = Staff()
        self.departments: dict[str, Department] = {}
        self.items: dict[str, DisclosureItem] = {}

    def load(self) -> Iterator[str]:
        """Loads everything, yielding the title of each item as it is done."""
        load_holidays()
        self._load_files()
        yield from load_alerts(self.staff)
        yield from self._load_departments()
        yield from self._load_disclosure_items()
        load_shipped()
        yield from self._load_home()
        yield from self._load_sections()
        for entry in content.news():
            yield self._load_news(entry)
        for entry in content.items():
            yield self._load_item(entry)
        yield from load_answers(self.staff)

    @staticmethod
    def total() -> int:
        """How many titles `load` yields."""
        counts = [
            len(content.read("departments.toml")["department"]),
            shipped_count(),
            len(content.read("sections.toml")["section"]),
            len(content.news()),
            len(content.items()),
            alert_count(),
        ]
        return sum(counts) + 2  # the front page, and the answers to assessors

    @property
    def pages(self) -> dict[str, ContentPage]:
        """Every page made so far, by key; the front page has the empty one."""
        return self.values.named["page"]

    def _load_files(self) -> None:
        reporter = self.staff.clerks["reporter"].user
        self.files = {entry["name"]: entry for entry in content.files()}
        images, documents = {}, {}
        for name, entry in self.files.items():
            file = create_file(entry, reporter)
            if isinstance(file, OfficeImage):
                images[name] = file
            else:
                documents[name] = file
        self.images = images
        self.values = ValueBuilder(images, documents)

    def _load_departments(self) -> Iterator[str]:
        for entry in content.read("departments.toml")["department"]:
            department = Department(
                title=entry["title"]["th"],
                short_title=entry["short_title"]["th"],
                duties=entry["duties"]["th"],
                telephone=entry["telephone"],
                email=entry["email"],
                sort_order=entry["order"],
            )
            self.departments[entry["key"]] = self.staff.release(department, entry)
            yield department.title
        self.values.named["record"].update(self.departments)
        assign_divisions(self.staff.clerks, self.departments)

    def _load_disclosure_items(self) -> Iterator[str]:
        """The shipped list, signed in two acts: what is Thai, then its English."""
        imported = import_disclosure_items(SHIPPED.read_bytes(), self.staff.clerks["reporter"].user)
        self.staff.release_together(_OBLIGATIONS, imported.created)
        self.staff.release_together(f"{_OBLIGATIONS} (English)", imported.translated)
        for item in imported.created:
            self.items[item.code] = DisclosureItem.objects.get(pk=item.pk)
            yield item.title

    def _load_home(self) -> Iterator[str]:
        entry = content.read("home.toml")
        home = HomePage.objects.get(locale=self.staff.thai).get_latest_revision_as_object()
        home.title, home.summary = entry["title"]["th"], entry["summary"]["th"]
        home.body = self.values.bodies.body(entry["body"])
        self.pages[""] = self.staff.release(home, entry)
        yield home.title

    def _load_sections(self) -> Iterator[str]:
        for order, entry in enumerate(content.read("sections.toml")["section"]):
            section = SectionPage(
                title=entry["title"]["th"],
                slug=entry["slug"],
                summary=entry["summary"]["th"],
                listing=entry.get("listing", "pages"),
                body=self.values.bodies.body(entry.get("body", [])),
                department=self.departments.get(entry["department"]),
                disclosure_item=self.items.get(entry["disclosure_item"]),
                show_in_menus=entry.get("in_menu", True),
                menu_order=order,
            )
            parent = self.pages[entry["parent"]]
            self.pages[entry["key"]] = self.staff.release(section, entry, parent)
            yield section.title

    def _load_item(self, entry: dict[str, Any]) -> str:
        model = apps.get_model("pages", entry["type"])
        item = model(title=entry["title"]["th"])
        is_page = isinstance(item, Page)
        if is_page:
            item.slug = entry["slug"]
            item.summary = entry["summary"]["th"]
            item.department = self.departments[entry["department"]]
            item.disclosure_item = self.items.get(entry["disclosure_item"])
        for name, value in entry.get("fields", {}).items():
            setattr(item, name, self.values.field(value))
        for name, blocks in entry.get("streams", {}).items():
            stream = model._meta.get_field(name).stream_block
            setattr(item, name, self.values.stream(stream, blocks))
        parent = self.pages[entry["parent"]] if is_page else None
        english = {
            name: self.values.field(value) for name, value in entry.get("english", {}).items()
        }
        released = self.staff.release(item, entry, parent, english)
        self.values.named["page" if is_page else "record"][entry["key"]] = released
        return entry["title"]["th"]

    def _load_news(self, entry: dict[str, Any]) -> str:
        page, state, parent = self._news_page(entry), entry["state"], self.pages["news"]
        if state == "draft":
            self.staff.draft(page, parent)
        else:
            page = self.staff.release(page, entry, parent)
        if state == "moved":
            self.staff.move(page, self.pages[_MOVED_TO])
        elif state == "withdrawn":
            self.staff.withdraw(page, entry["withdrawal_reason"])
        return page.title

    def _news_page(self, entry: dict[str, Any]) -> NewsPage:
        lead_image = entry["lead_image"]
        assessment = entry.get("assessment", {})
        if lead_image:
            self.staff.learn(self.files[lead_image])
        ahead = datetime.timedelta(days=_SCHEDULED_DAYS_AHEAD)
        procurement = NewsPage._meta.get_field("procurement").stream_block
        return NewsPage(
            title=entry["title"]["th"],
            slug=entry["slug"],
            summary=entry["summary"]["th"],
            kind=entry["kind"],
            posted_on=entry["posted_on"],
            department=self.departments[entry["department"]],
            disclosure_item=self.items[entry["disclosure_item"]],
            is_urgent=entry["is_urgent"],
            is_sensitive=entry["is_sensitive"],
            benefits=assessment.get("benefits", ""),
            harms=assessment.get("harms", ""),
            after_effects=assessment.get("after_effects", ""),
            lead_image=self.images.get(lead_image),
            lead_image_alt=self.files[lead_image]["alt_th"] if lead_image else "",
            procurement=self.values.stream(procurement, entry.get("procurement", [])),
            body=self.values.bodies.body(entry["body"]),
            go_live_at=timezone.now() + ahead if entry["state"] == "scheduled" else None,
        )
