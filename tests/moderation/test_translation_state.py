"""What the approver of a translation is told and must accept."""

from typing import Any

import pytest
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.signoff.models import Signature
from tests.moderation.screen import Screen
from tests.office import Office
from tests.website.reading import thai


def translated(office: Office, texts: dict[str, str], **fields: Any) -> Any:
    """An item of news in Thai, and its English draft with only these texts in English."""
    page = office.draft(**fields)
    source, _created = TranslationSource.update_or_create_from_instance(
        page.get_latest_revision_as_object()
    )
    translation = Translation.objects.create(source=source, target_locale=office.english)
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in texts:
            StringTranslation.objects.create(
                translation_of=segment.string,
                context=segment.context,
                locale=office.english,
                data=texts[segment.string.data],
            )
    translation.save_target(user=office.translator.user, publish=False)
    return page, translation.get_target_instance()


@pytest.fixture
def half(open_office: Office) -> Any:
    """A translation that waits for the approver and lacks one text."""
    _page, english = translated(
        open_office, {"ขุดลอกคลอง": "Dredging"}, title="ขุดลอกคลอง", summary="เริ่มวันจันทร์"
    )
    open_office.translator.submit(english)
    open_office.reporter.sign(english)
    return english


def test_untranslated_texts_are_counted_and_shown(open_office: Office, half: Any):
    screen = Screen(open_office.approver, half)

    missing = [item.text for item in screen.page.select(".help-warning li")]
    assert missing == ["เริ่มวันจันทร์"]


def test_approver_must_accept_the_number(open_office: Office, half: Any):
    screen = Screen(open_office.approver, half)
    before = Signature.objects.count()

    screen.send(check_untranslated_1="(none)")
    assert Signature.objects.count() == before
    assert screen.form().select_one("[name=check_untranslated_1]") is not None


def test_accepted_number_stands_in_the_signature(open_office: Office, half: Any):
    Screen(open_office.approver, half).send()

    assert "1" in Signature.objects.latest("sequence").checklist
    assert Signature.objects.latest("sequence").checklist.count('","') == 3  # three and this one


def test_other_number_than_was_accepted_is_refused(open_office: Office, half: Any):
    screen = Screen(open_office.approver, half)
    before = Signature.objects.count()
    StringTranslation.objects.all().delete()

    screen.send()
    assert Signature.objects.count() == before
    assert screen.form().select_one("[name=check_untranslated_2]") is not None


def test_others_than_the_approver_see_the_number_and_are_not_asked(open_office: Office, half: Any):
    Screen(open_office.approver, half).send()
    screen = Screen(open_office.publisher, half)

    assert screen.page.select(".help-warning li")
    assert screen.form().select("[name^=check_untranslated]") == []


def test_complete_translation_asks_for_nothing(open_office: Office):
    texts = {"ขุดลอกคลอง": "Dredging", "เริ่มวันจันทร์": "From Monday"}
    _page, english = translated(open_office, texts, title="ขุดลอกคลอง", summary="เริ่มวันจันทร์")
    open_office.translator.submit(english)
    open_office.reporter.sign(english)

    screen = Screen(open_office.approver, english)
    assert screen.page.select(".help-warning") == []
    assert screen.form().select("[name^=check_untranslated]") == []


def test_thai_that_went_on_is_told_with_its_new_texts(open_office: Office):
    texts = {"ขุดลอกคลอง": "Dredging", "เริ่มวันจันทร์": "From Monday"}
    page, english = translated(open_office, texts, title="ขุดลอกคลอง", summary="เริ่มวันจันทร์")
    open_office.edit(page, summary="เริ่มวันอังคาร")
    open_office.translator.submit(english)

    screen = Screen(open_office.reporter, english)
    assert [item.text for item in screen.page.select(".help-warning li")] == ["เริ่มวันอังคาร"]
    assert thai("Every text is translated.") in screen.page.text
