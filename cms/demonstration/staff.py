"""What the demonstration's clerks do with an item: write, translate, sign, move, withdraw."""

import json
from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.demonstration.accounts import create_accounts
from cms.demonstration.content import english_of
from cms.publication.models import Publication
from cms.signoff.release_preparing import add_item, create_release, submit_release


class Staff:
    """The office at work: every item takes the way that a real one takes."""

    def __init__(self) -> None:
        self.thai = Locale.objects.get(language_code="th")
        self.english = Locale.objects.get(language_code="en")
        self.clerks = create_accounts()
        self.texts: dict[str, str] = {}

    def release(
        self,
        item: Any,
        entry: dict[str, Any],
        parent: Any = None,
        english: dict[str, Any] | None = None,
    ) -> Any:
        """Writes and signs an item in the languages that its entry names (default: both).

        `english` holds, by field, what is another one in English, such as an image.
        """
        published = self.publish(self.draft(item, parent))
        if "en" in entry.get("languages", ["th", "en"]):
            self.learn(entry)
            self.publish(self.translate(published, english), by="translator")
        return published

    def release_together(self, title: str, items: list[Any]) -> None:
        """Takes the newest drafts of several items through the signatures as one release."""
        reporter = self.clerks["reporter"].user
        release = create_release(title, "", reporter)
        for item in items:
            add_item(release, item, reporter)
        submit_release(release, reporter)
        for role in ("reporter", "approver", "publisher"):
            self.clerks[role].sign_release(release)

    def learn(self, *entries: Any) -> None:
        """Notes the English of every Thai text below `entries`, for the translation memory."""
        self.texts.update(english_of(*entries))

    def draft(self, item: Any, parent: Any = None) -> Any:
        """Saves a first draft, below `parent` where it is a page; checked as a form would."""
        item.locale, item.live = self.thai, False
        reporter = self.clerks["reporter"].user
        if isinstance(item, Page):
            item.owner = reporter
        if item.pk is None and parent is not None:
            parent.refresh_from_db()
            parent.add_child(instance=item)
        elif item.pk is None:
            item.full_clean()
            item.save()
        item.save_revision(user=reporter)
        return item

    def publish(self, item: Any, by: str = "reporter") -> Any:
        """Takes the newest draft through every signature that it needs."""
        self.clerks[by].submit(item)
        executive = ["executive"] if item.needs_executive else []
        for role in ["reporter", "approver", *executive, "publisher"]:
            self.clerks[role].sign(item)
        return type(item).objects.get(pk=item.pk)

    def translate(self, item: Any, others: dict[str, Any] | None = None) -> Any:
        """Fills the translation memory and lets wagtail-localize build the English draft."""
        translator = self.clerks["translator"].user
        revision = item.get_latest_revision_as_object()
        source, _created = TranslationSource.update_or_create_from_instance(revision)
        translation, _created = Translation.objects.get_or_create(
            source=source, target_locale=self.english
        )
        segments = source.stringsegment_set.select_related("string", "context")
        StringTranslation.objects.bulk_create(
            [
                StringTranslation(
                    translation_of=segment.string,
                    locale=self.english,
                    context=segment.context,
                    data=english,
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                    last_translated_by=translator,
                )
                for segment in segments
                if (english := self.texts.get(segment.string.data.strip()))
            ],
            update_conflicts=True,
            unique_fields=["locale", "translation_of", "context"],
            update_fields=["data"],
        )
        self._override(source, others or {})
        translation.save_target(user=translator, publish=False)
        draft = translation.get_target_instance()
        draft = type(item).objects.get(pk=draft.pk).get_latest_revision_as_object()
        if item.go_live_at:
            draft.go_live_at = item.go_live_at
            draft.save_revision(user=translator)
        return draft

    def _override(self, source: TranslationSource, values: dict[str, Any]) -> None:
        """What the translation editor does where a field is another one in English."""
        for segment in source.overridablesegment_set.select_related("context"):
            if segment.context.path in values:
                SegmentOverride.objects.update_or_create(
                    locale=self.english,
                    context=segment.context,
                    defaults={"data_json": json.dumps(values[segment.context.path].pk)},
                )

    def move(self, page: Any, target: Any) -> None:
        """Moves both languages below `target`, and signs again: only then readers notice."""
        for locale, by in ((self.thai, "reporter"), (self.english, "translator")):
            moved = page.get_translation_or_none(locale) if locale != page.locale else page
            if moved:
                moved.move(target.get_translation(locale), pos="last-child")
                self.publish(type(page).objects.get(pk=moved.pk), by=by)

    def withdraw(self, page: Any, reason: dict[str, str]) -> None:
        """Takes both languages out of the public, with two signatures each."""
        for publication in Publication.objects.standing().filter(subject=page.translation_key):
            withdrawal = self.clerks["approver"].request_withdrawal(
                publication, reason[publication.locale]
            )
            self.clerks["publisher"].confirm_withdrawal(withdrawal)
