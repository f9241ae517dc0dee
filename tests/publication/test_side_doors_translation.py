"""wagtail-localize writes and publishes rows by itself: not one public word changes."""

import json
from collections.abc import Callable

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from pages.models import Department, NewsPage
from tests.admin import browser, edit_url
from tests.office import Office


@pytest.fixture
def translated(open_office: Office) -> Translation:
    """The translation of a published item, whose English page is published too."""
    page = open_office.publish(open_office.draft(summary="สรุป"))
    translate_object(page, [open_office.english], user=open_office.translator.user)
    open_office.publish(page.get_translation(open_office.english))
    return Translation.objects.get(source__object_id=page.translation_key)


def translate(translation: Translation, words: str = "Summary that nobody signed") -> None:
    """The translator types the English of the summary."""
    segment = translation.source.stringsegment_set.get(context__path="summary")
    StringTranslation.objects.create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        data=words,
    )


def english(translation: Translation) -> NewsPage:
    return translation.get_target_instance().specific


def test_submitting_a_published_page(
    open_office: Office, django_capture_on_commit_callbacks: Callable
):
    page = open_office.publish(open_office.draft())
    before = open_office.public()

    with django_capture_on_commit_callbacks(execute=True):
        translate_object(page, [open_office.english], user=open_office.translator.user)

    assert page.get_translation(open_office.english).title == page.title
    assert open_office.public() == before


def test_submitting_in_the_admin(open_office: Office, django_capture_on_commit_callbacks: Callable):
    page = open_office.publish(open_office.draft())
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    before = open_office.public()

    with django_capture_on_commit_callbacks(execute=True):
        browser(open_office.translator).post(url, {"locales": [open_office.english.pk]})

    assert page.has_translation(open_office.english)
    assert open_office.public() == before


def test_submitting_a_section_with_all_below(
    open_office: Office, django_capture_on_commit_callbacks: Callable
):
    section = open_office.publish(open_office.section(open_office.home, title="ส่วน", slug="s"))
    page = open_office.publish(open_office.draft(section))
    url = reverse("wagtail_localize:submit_page_translation", args=[section.pk])
    data = {"locales": [open_office.english.pk], "include_subtree": "on"}
    before = open_office.public()

    with django_capture_on_commit_callbacks(execute=True):
        browser(open_office.translator).post(url, data)

    assert page.has_translation(open_office.english)
    assert open_office.public() == before


def test_saving_a_translation_as_published(
    open_office: Office, translated: Translation, django_capture_on_commit_callbacks: Callable
):
    translate(translated)
    before = open_office.public()

    with django_capture_on_commit_callbacks(execute=True):
        translated.save_target(publish=True)

    assert english(translated).summary == "Summary that nobody signed"
    assert english(translated).live
    assert open_office.public() == before


def test_saving_a_translation_as_draft(
    open_office: Office, translated: Translation, django_capture_on_commit_callbacks: Callable
):
    translate(translated)
    before = open_office.public()

    with django_capture_on_commit_callbacks(execute=True):
        translated.save_target(publish=False)

    draft = english(translated).get_latest_revision_as_object()
    assert draft.summary == "Summary that nobody signed"
    assert open_office.public() == before


@pytest.mark.parametrize("publish", [{"publish_translations": "on"}, {}])
def test_syncing_translations(
    open_office: Office,
    translated: Translation,
    django_capture_on_commit_callbacks: Callable,
    publish: dict,
):
    source = translated.source.get_source_instance()
    open_office.publish(open_office.edit(source, summary="สรุปใหม่"))
    url = reverse("wagtail_localize:update_translations", args=[translated.source_id])
    before = open_office.public()

    with django_capture_on_commit_callbacks(execute=True):
        response = browser(open_office.translator).post(url, publish)

    assert response.status_code == 302
    synced = TranslationSource.objects.get(pk=translated.source_id)
    assert json.loads(synced.content_json)["summary"] == "สรุปใหม่"
    assert open_office.public() == before


@pytest.mark.parametrize("role", ["root", "publisher", "translator"])
def test_publish_button_of_the_translation_editor(
    open_office: Office,
    translated: Translation,
    django_capture_on_commit_callbacks: Callable,
    role: str,
):
    translate(translated)
    client = browser(getattr(open_office, role))
    before = open_office.public()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(edit_url(english(translated)), {"action": "publish"})

    assert response.status_code == 302
    assert open_office.public() == before


def test_publish_button_of_a_snippets_translation(
    open_office: Office, django_capture_on_commit_callbacks: Callable
):
    department = open_office.publish(open_office.department())
    translate_object(department, [open_office.english], user=open_office.translator.user)
    in_english = Department.objects.get(locale=open_office.english)
    before = open_office.public()

    with django_capture_on_commit_callbacks(execute=True):
        response = browser(open_office.root).post(edit_url(in_english), {"action": "publish"})

    assert response.status_code == 302
    assert open_office.public() == before


def test_converting_a_translation_to_an_alias(open_office: Office, translated: Translation):
    url = reverse("wagtail_localize:convert_to_alias", args=[english(translated).pk])
    before = open_office.public()

    browser(open_office.root).post(url)

    assert english(translated).alias_of_id
    assert open_office.public() == before


def test_syncing_during_a_sign_off(
    open_office: Office, translated: Translation, django_capture_on_commit_callbacks: Callable
):
    page = open_office.edit(english(translated), title="Signed by two")
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page)
    before = open_office.public()

    with django_capture_on_commit_callbacks(execute=True):
        translated.save_target(publish=True)

    assert open_office.fresh(page).current_workflow_task.role == "reporter"
    assert open_office.public() == before
