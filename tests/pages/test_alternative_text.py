"""A picture says what it shows before anybody signs; a draft may wait for it and loses nothing."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from pages.models import ContentPage, NewsPage, OfficeImage, SignableSnippet
from pages.pictures import check_alternative_text, pictures_of
from tests.admin import browser, edit_url, filled_in
from tests.office import Office, image

# Wagtail leaves the temporary file of a preview to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

BODY_WITH_PICTURE = {
    "body-count": "1",
    "body-0-deleted": "",
    "body-0-order": "0",
    "body-0-type": "image",
    "body-0-id": "",
    "body-0-value-image-decorative": "",
    "body-0-value-image-alt_text": "",
    "body-0-value-caption": "คำบรรยายที่พิมพ์ไว้",
}


# Pictures beside a text that says the same.
DECORATIVE = {("WebLink", "thumbnail")}


def send(office: Office, page: NewsPage, **changes: Any) -> Any:
    client = browser(office.reporter)
    url = edit_url(page)
    return client.post(url, filled_in(client, url, **changes))


def lead_image(picture: OfficeImage, alt: str = "") -> dict[str, Any]:
    typed = {"lead_image_alt": alt, "summary": "สรุปที่พิมพ์ไว้"}
    return {"lead_image": picture.pk, "lead_image_is_decorative": "", **typed}


def body_picture(picture: OfficeImage, **changes: str) -> dict[str, Any]:
    return {**BODY_WITH_PICTURE, "body-0-value-image-image": str(picture.pk), **changes}


def newest(office: Office, page: NewsPage) -> NewsPage:
    return office.fresh(page).get_latest_revision_as_object()


def test_draft_is_saved_without_the_text(open_office: Office):
    page, picture = open_office.draft(), image()

    response = send(open_office, page, **lead_image(picture))

    assert response.status_code == 302
    assert newest(open_office, page).lead_image == picture


def test_sending_to_be_signed_is_refused_and_keeps_what_was_typed(open_office: Office):
    page, picture = open_office.draft(), image()

    response = send(open_office, page, **lead_image(picture), **{"action-submit": "1"})

    assert response.status_code == 200
    form = response.context["form"]
    assert "lead_image_alt" in form.errors
    assert form["summary"].value() == "สรุปที่พิมพ์ไว้"
    assert str(form["lead_image"].value()) == str(picture.pk)
    assert open_office.fresh(page).current_workflow_state is None


def test_with_the_text_it_is_sent(open_office: Office):
    page = open_office.draft()

    send(open_office, page, **lead_image(image(), "ท้องนา"), **{"action-submit": "1"})

    assert open_office.fresh(page).current_workflow_task.role == "reporter"


@pytest.mark.parametrize("typed", [{"alt_text": "ท้องนา"}, {"decorative": "on"}])
def test_picture_in_the_body_is_sent_with_a_text_or_as_decorative(
    open_office: Office, typed: dict[str, str]
):
    page = open_office.draft()
    changes = {f"body-0-value-image-{name}": value for name, value in typed.items()}

    send(open_office, page, **body_picture(image(), **changes), **{"action-submit": "1"})

    assert open_office.fresh(page).current_workflow_task.role == "reporter"


def test_picture_in_the_body_without_either_is_saved_as_a_draft(open_office: Office):
    page, picture = open_office.draft(), image()

    response = send(open_office, page, **body_picture(picture))

    assert response.status_code == 302
    assert newest(open_office, page).body[0].value["image"].pk == picture.pk


def test_picture_in_the_body_without_either_is_not_sent(open_office: Office):
    page = open_office.draft()

    response = send(open_office, page, **body_picture(image()), **{"action-submit": "1"})

    assert response.status_code == 200
    body = response.context["form"]["body"].value()
    assert body[0].value["caption"] == "คำบรรยายที่พิมพ์ไว้"
    assert open_office.fresh(page).current_workflow_state is None


def test_nobody_signs_a_lead_image_without_text_whatever_wrote_it(open_office: Office):
    without = {"lead_image_alt": "", "lead_image_is_decorative": False}
    page = open_office.draft(lead_image=image(), **without)
    open_office.reporter.submit(page)

    with pytest.raises(PermissionDenied):
        open_office.reporter.sign(page)


def test_nobody_signs_a_picture_in_the_body_without_text(open_office: Office):
    value = {"image": {"image": image().pk, "alt_text": "", "decorative": False}, "caption": ""}
    body = json.dumps([{"type": "image", "id": "a", "value": value}])
    page = open_office.draft(body=body)
    open_office.reporter.submit(page)

    with pytest.raises(PermissionDenied):
        open_office.reporter.sign(page)


def test_empty_video_may_wait_in_a_draft(open_office: Office):
    page = open_office.draft()
    video = {**BODY_WITH_PICTURE, "body-0-type": "video", "body-0-value-url": ""}

    response = send(open_office, page, **video, **{"body-0-value-title": "งานประเพณี"})

    assert response.status_code == 302
    assert newest(open_office, page).body[0].value["title"] == "งานประเพณี"


def test_decorative_picture_needs_no_text():
    page = NewsPage(lead_image_id=1)
    with pytest.raises(ValidationError):
        check_alternative_text(page, "lead_image")

    page.lead_image_is_decorative = True

    check_alternative_text(page, "lead_image")


def test_every_picture_of_every_type_has_its_text():
    types = [*_subclasses(ContentPage), *_subclasses(SignableSnippet)]
    for model in types:
        images = [field.name for field in model._meta.fields if field.related_model is OfficeImage]
        undecorative = [name for name in images if (model.__name__, name) not in DECORATIVE]
        assert undecorative == pictures_of(model), model


def _subclasses(model: type[models.Model]) -> list[type[models.Model]]:
    return [sub for child in model.__subclasses__() for sub in [child, *_subclasses(child)]]
