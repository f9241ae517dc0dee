"""A document has a title in each language; a page gives it the one of its own."""

import json

from cms.snapshot.snapshot import snapshot_of
from pages.models import OfficeDocument
from tests.office import Office, document


def test_document_is_named_in_the_language_of_the_page(open_office: Office):
    file = document()
    OfficeDocument.objects.filter(pk=file.pk).update(title="แบบคำขอ", title_en="Application form")
    attachments = json.dumps([{"id": "a", "type": "document", "value": file.pk}])
    page = open_office.publish(open_office.draft(attachments=attachments))
    english = page.copy_for_translation(open_office.english)

    names = [
        snapshot_of(item).data["fields"]["attachments"][0]["value"]["title"]
        for item in (page, english)
    ]
    assert names == ["แบบคำขอ", "Application form"]


def test_document_without_an_english_title_keeps_its_own(open_office: Office):
    attachments = json.dumps([{"id": "a", "type": "document", "value": document().pk}])
    page = open_office.publish(open_office.draft(attachments=attachments))
    english = page.copy_for_translation(open_office.english)

    value = snapshot_of(english).data["fields"]["attachments"][0]["value"]
    assert value["title"] == "เอกสาร"
