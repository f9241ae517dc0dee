"""A translation is sent to the signatures when it is whole, and says what it lacks otherwise."""

from typing import Any

import pytest
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from pages.models import NewsPage
from pages.translation import KEEP_ACTION, SUBMIT_ACTION
from tests.admin import browser, edit_url
from tests.office import Office, image
from tests.releasing import release_of

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def english_draft(office: Office, **fields: Any) -> NewsPage:
    """The English draft of a new item, with every text of it translated."""
    page = office.draft(**fields)
    translate_object(page, [office.english], user=office.translator.user)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=office.english,
            context=segment.context,
            data=f"In English: {segment.order}",
        )
    return page.get_translation(office.english)


def send(office: Office, page: NewsPage, action: str = SUBMIT_ACTION) -> Any:
    client = browser(office.translator)
    return client.post(edit_url(page), {"action": action}, follow=True)


def test_whole_translation_is_sent(open_office: Office):
    page = english_draft(open_office)

    send(open_office, page)

    assert open_office.fresh(page).current_workflow_task.role == "reporter"


def test_translation_without_an_alternative_text_is_not_sent_and_says_so(open_office: Office):
    without = {"lead_image_alt": "", "lead_image_is_decorative": False}
    page = english_draft(open_office, lead_image=image(), **without)

    response = send(open_office, page)

    assert open_office.fresh(page).current_workflow_state is None
    problem = NewsPage._meta.get_field("lead_image_alt").verbose_name
    assert any(str(problem).capitalize() in str(m) for m in response.context["messages"])


def test_translation_is_kept_as_a_draft(open_office: Office):
    page = english_draft(open_office)

    send(open_office, page, KEEP_ACTION)

    assert open_office.fresh(page).current_workflow_state is None
    assert "In English" in open_office.fresh(page).get_latest_revision_as_object().title


def test_translation_in_a_release_is_kept_and_not_sent_alone(open_office: Office):
    page = english_draft(open_office)
    release = release_of(open_office, page)

    response = send(open_office, page)

    assert open_office.fresh(page).current_workflow_state is None
    assert any(release.title in str(message) for message in response.context["messages"])
    assert "In English" in open_office.fresh(page).get_latest_revision_as_object().title
