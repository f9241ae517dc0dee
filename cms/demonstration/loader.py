"""Loads the demonstration content: written, translated and signed by the demonstration accounts."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.demonstration.accounts import create_accounts
from cms.demonstration.bodies import BodyBuilder
from cms.demonstration.content import FILES_FOLDER, english_of, news, read
from cms.publication.models import Publication
from pages.models import (
    ContentPage,
    Department,
    DisclosureItem,
    HomePage,
    NewsPage,
    OfficeDocument,
    OfficeImage,
    SectionPage,
)

_SCHEDULED_DAYS_AHEAD = 30
_MOVED_TO = "participation-public-opinion"


class DemonstrationLoader:
    """Plays the office: every item takes the way that a real one takes."""

    def __init__(self) -> None:
        self.thai = Locale.objects.get(language_code="th")
        self.english = Locale.objects.get(language_code="en")
        self.clerks = create_accounts()
        self.departments: dict[str, Department] = {}
        self.items: dict[str, DisclosureItem] = {}
        self.pages: dict[str, ContentPage] = {}
        self.texts: dict[str, str] = {}

    def load(self) -> Iterator[str]:
        """Loads everything, yielding the title of each item as it is done."""
        self._load_files()
        yield from self._load_departments()
        yield from self._load_disclosure_items()
        yield from self._load_home()
        yield from self._load_sections()
        for entry in news():
            yield self._load_news(entry)

    @staticmethod
    def total() -> int:
        """How many titles `load` yields."""
        counts = [
            len(read("departments.toml")["department"]),
            len(read("disclosure_items.toml")["item"]),
            len(read("sections.toml")["section"]),
        ]
        return sum(counts) + 1 + len(news())

    # --- the kinds of content -------------------------------------------------------------

    def _load_files(self) -> None:
        images, documents = {}, {}
        for entry in read("files/files.toml")["file"]:
            name = entry["name"]
            content = ContentFile((FILES_FOLDER / name).read_bytes(), name=name)
            user = self.clerks["reporter"].user
            title = entry["title"]["th"]
            if entry["kind"] == "image":
                images[name] = OfficeImage.objects.create(
                    title=title, file=content, uploaded_by_user=user
                )
            else:
                documents[name] = OfficeDocument.objects.create(
                    title=title, file=content, uploaded_by_user=user
                )
        self.images = images
        self.bodies = BodyBuilder(images, documents)

    def _load_departments(self) -> Iterator[str]:
        for entry in read("departments.toml")["department"]:
            department = Department(
                title=entry["title"]["th"],
                short_title=entry["short_title"]["th"],
                duties=entry["duties"]["th"],
                telephone=entry["telephone"],
                email=entry["email"],
                sort_order=entry["order"],
            )
            self.departments[entry["key"]] = self._in_both_languages(department, entry)
            yield department.title

    def _load_disclosure_items(self) -> Iterator[str]:
        for order, entry in enumerate(read("disclosure_items.toml")["item"]):
            item = DisclosureItem(
                code=entry["code"],
                title=entry["title"]["th"],
                description=entry["description"]["th"],
                sort_order=order,
            )
            self.items[entry["code"]] = self._in_both_languages(item, entry)
            yield item.title

    def _load_home(self) -> Iterator[str]:
        entry = read("home.toml")
        home = HomePage.objects.get(locale=self.thai).get_latest_revision_as_object()
        home.title, home.summary = entry["title"]["th"], entry["summary"]["th"]
        home.body = self.bodies.body(entry["body"])
        self.pages[""] = self._in_both_languages(home, entry)
        yield home.title

    def _load_sections(self) -> Iterator[str]:
        for order, entry in enumerate(read("sections.toml")["section"]):
            section = SectionPage(
                title=entry["title"]["th"],
                slug=entry["slug"],
                summary=entry["summary"]["th"],
                body=self.bodies.body(entry.get("body", [])),
                department=self.departments.get(entry["department"]),
                disclosure_item=self.items.get(entry["disclosure_item"]),
                show_in_menus=True,
                menu_order=order,
            )
            parent = self.pages[entry["parent"]]
            self.pages[entry["key"]] = self._in_both_languages(section, entry, parent)
            yield section.title

    def _load_news(self, entry: dict[str, Any]) -> str:
        page = self._news_page(entry)
        languages, state = entry["languages"], entry["state"]
        if state == "draft":
            self._draft(page, self.pages["news"])
        elif "en" in languages:
            page = self._in_both_languages(page, entry, self.pages["news"])
        else:
            page = self._publish(self._draft(page, self.pages["news"]))
        if state == "moved":
            self._move(page)
        elif state == "withdrawn":
            self._withdraw(page, entry["withdrawal_reason"])
        return page.title

    def _news_page(self, entry: dict[str, Any]) -> NewsPage:
        images = {file["name"]: file for file in read("files/files.toml")["file"]}
        lead_image = entry["lead_image"]
        assessment = entry.get("assessment", {})
        self.texts.update(english_of(*images.values()))
        ahead = datetime.timedelta(days=_SCHEDULED_DAYS_AHEAD)
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
            lead_image_alt=images[lead_image]["alt_th"] if lead_image else "",
            body=self.bodies.body(entry["body"]),
            go_live_at=timezone.now() + ahead if entry["state"] == "scheduled" else None,
        )

    # --- what the clerks do -----------------------------------------------------------------

    def _in_both_languages(
        self, item: Any, entry: dict[str, Any], parent: ContentPage | None = None
    ) -> Any:
        """Writes and signs the Thai item, translates it, signs the English one."""
        published = self._publish(self._draft(item, parent))
        self.texts.update(english_of(entry))
        self._publish(self._translate(published), by="translator")
        return published

    def _draft(self, item: Any, parent: ContentPage | None = None) -> Any:
        item.locale, item.live = self.thai, False
        reporter = self.clerks["reporter"].user
        if isinstance(item, Page):
            item.owner = reporter
        if item.pk is None and parent is not None:
            parent.refresh_from_db()
            parent.add_child(instance=item)
        elif item.pk is None:
            item.save()
        item.save_revision(user=reporter)
        return item

    def _publish(self, item: Any, by: str = "reporter") -> Any:
        self.clerks[by].submit(item)
        roles = [
            "reporter",
            "approver",
            *(["executive"] if item.needs_executive else []),
            "publisher",
        ]
        for role in roles:
            self.clerks[role].sign(item)
        return type(item).objects.get(pk=item.pk)

    def _translate(self, item: Any) -> Any:
        """Fills the translation memory and lets wagtail-localize build the English draft."""
        translator = self.clerks["translator"].user
        revision = item.get_latest_revision_as_object()
        source, _created = TranslationSource.update_or_create_from_instance(revision)
        translation, _created = Translation.objects.get_or_create(
            source=source, target_locale=self.english
        )
        for segment in source.stringsegment_set.select_related("string", "context"):
            english = self.texts.get(segment.string.data.strip())
            if english:
                StringTranslation.objects.update_or_create(
                    translation_of=segment.string,
                    locale=self.english,
                    context=segment.context,
                    defaults={
                        "data": english,
                        "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                        "last_translated_by": translator,
                    },
                )
        translation.save_target(user=translator, publish=False)
        draft = translation.get_target_instance()
        draft = type(item).objects.get(pk=draft.pk).get_latest_revision_as_object()
        if item.go_live_at:
            draft.go_live_at = item.go_live_at
            draft.save_revision(user=translator)
        return draft

    def _move(self, page: NewsPage) -> None:
        """Moves both languages to another section, and signs again: only then readers notice."""
        for locale, by in ((self.thai, "reporter"), (self.english, "translator")):
            moved = page.get_translation_or_none(locale) if locale != page.locale else page
            target = self.pages[_MOVED_TO].get_translation(locale)
            if moved:
                moved.move(target, pos="last-child")
                moved = NewsPage.objects.get(pk=moved.pk)
                self._publish(moved, by=by)

    def _withdraw(self, page: NewsPage, reason: dict[str, str]) -> None:
        for publication in Publication.objects.standing().filter(subject=page.translation_key):
            withdrawal = self.clerks["approver"].request_withdrawal(
                publication, reason[publication.locale]
            )
            self.clerks["publisher"].confirm_withdrawal(withdrawal)
