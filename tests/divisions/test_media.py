"""Each division works in its own collection of images and documents."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from cms.accounts.models import User
from pages.models import Department, DepartmentCollection, OfficeDocument, OfficeImage
from tests.admin import browser
from tests.divided import Divisions
from tests.office import document, image, png

KINDS = ["image", "document"]


def collection_of(department: Department) -> Collection:
    return DepartmentCollection.objects.get(department=department).collection


def stored(kind: str, collection: Collection, **fields: Any) -> Any:
    """An image or a document in a collection."""
    item = image() if kind == "image" else document()
    type(item).objects.filter(pk=item.pk).update(collection=collection, **fields)
    item.refresh_from_db()
    return item


def app_of(kind: str) -> str:
    return "wagtailimages" if kind == "image" else "wagtaildocs"


def url_of(kind: str, name: str, item: Any) -> str:
    return reverse(f"{app_of(kind)}:{name}", args=[item.pk])


def state_of(item: Any) -> tuple:
    row = type(item).objects.get(pk=item.pk)
    return row.title, row.collection_id, row.file.name


def upload(kind: str) -> SimpleUploadedFile:
    if kind == "image":
        return SimpleUploadedFile("new.png", png("red"), content_type="image/png")
    return SimpleUploadedFile("new.pdf", b"%PDF-1.4 new", content_type="application/pdf")


def fields(kind: str, collection: Collection, **changes: Any) -> dict[str, Any]:
    found = {"title": "ใหม่", "tags": "", "collection": str(collection.pk), "file": upload(kind)}
    if kind == "image":
        found |= dict.fromkeys(
            ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"), ""
        )
    return {**found, **changes}


@pytest.mark.parametrize("kind", KINDS)
def test_member_changes_what_lies_in_the_own_collection(divisions: Divisions, kind: str):
    own = collection_of(divisions.finance)
    item = stored(kind, own)

    client = browser(divisions.finance_reporter)
    client.post(url_of(kind, "edit", item), fields(kind, own))

    assert state_of(item)[0] == "ใหม่"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", ["works", "root"])
def test_member_changes_and_deletes_nothing_elsewhere(divisions: Divisions, kind: str, place: str):
    root = Collection.get_first_root_node()
    place_of = collection_of(divisions.works) if place == "works" else root
    item = stored(kind, place_of, uploaded_by_user=divisions.finance_reporter.user)
    before = state_of(item)
    client = browser(divisions.finance_reporter)

    client.post(url_of(kind, "edit", item), fields(kind, collection_of(divisions.finance)))
    client.post(url_of(kind, "delete", item))

    assert state_of(item) == before


@pytest.mark.parametrize("kind", KINDS)
def test_member_moves_nothing_into_another_divisions_collection(divisions: Divisions, kind: str):
    item = stored(kind, collection_of(divisions.finance))
    before = state_of(item)

    browser(divisions.finance_reporter).post(
        url_of(kind, "edit", item), fields(kind, collection_of(divisions.works))
    )

    assert state_of(item)[1] == before[1]


@pytest.mark.parametrize("kind", KINDS)
def test_member_adds_into_the_own_collection_alone(divisions: Divisions, kind: str):
    policy = policy_registry.get_by_type(OfficeImage if kind == "image" else OfficeDocument)
    user = User.objects.get(pk=divisions.finance_reporter.user.pk)

    places = policy.collections_user_has_permission_for(user, "add")

    assert list(places) == [collection_of(divisions.finance)]


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Wagtail's thumbnail
@pytest.mark.parametrize("kind", KINDS)
def test_upload_into_another_divisions_collection_is_refused(divisions: Divisions, kind: str):
    model = OfficeImage if kind == "image" else OfficeDocument
    file_field = {"files[]": upload(kind)}
    own, other = collection_of(divisions.finance), collection_of(divisions.works)
    client = browser(divisions.finance_reporter)
    url = reverse(f"{app_of(kind)}:add_multiple")

    client.post(url, {**file_field, "title": "ก", "collection": str(other.pk)})
    chooser = reverse(f"{app_of(kind)}_chooser:create")
    prefix = f"{kind}-chooser-upload"
    data = {f"{prefix}-{name}": value for name, value in fields(kind, other).items()}
    client.post(chooser, data)
    assert not model.objects.filter(collection=other).exists()

    data = {f"{prefix}-{name}": value for name, value in fields(kind, own).items()}
    client.post(chooser, data)
    assert model.objects.filter(collection=own).exists()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("action", ["delete", "add_to_collection", "add_tags"])
def test_bulk_actions_leave_other_collections_alone(divisions: Divisions, kind: str, action: str):
    item = stored(kind, collection_of(divisions.works))
    before = state_of(item)
    model = OfficeImage if kind == "image" else OfficeDocument
    url = reverse("wagtail_bulk_action", args=["pages", model._meta.model_name, action])
    data = {"collection": str(collection_of(divisions.finance).pk), "tags": "x"}

    browser(divisions.finance_reporter).post(f"{url}?id={item.pk}", {**data, "next": "/admin/"})

    assert state_of(item) == before
    assert not item.tags.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_bulk_move_into_another_collection_is_refused(divisions: Divisions, kind: str):
    item = stored(kind, collection_of(divisions.finance))
    model = OfficeImage if kind == "image" else OfficeDocument
    url = reverse(
        "wagtail_bulk_action", args=["pages", model._meta.model_name, "add_to_collection"]
    )
    data = {"collection": str(collection_of(divisions.works).pk), "next": "/admin/"}

    browser(divisions.finance_reporter).post(f"{url}?id={item.pk}", data)

    assert state_of(item)[1] == collection_of(divisions.finance).pk


@pytest.mark.parametrize("kind", KINDS)
def test_all_may_use_what_other_divisions_have(divisions: Divisions, kind: str):
    item = stored(kind, collection_of(divisions.works))
    policy = policy_registry.get_by_type(type(item))
    user = User.objects.get(pk=divisions.finance_reporter.user.pk)

    assert policy.user_has_permission_for_instance(user, "choose", item)
    assert not policy.user_has_permission_for_instance(user, "change", item)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["reporter", "publisher", "translator"])
def test_the_whole_office_works_in_every_collection(divisions: Divisions, kind: str, who: str):
    item = stored(kind, collection_of(divisions.works))
    policy = policy_registry.get_by_type(type(item))
    user = User.objects.get(pk=getattr(divisions.office, who).user.pk)

    assert policy.user_has_permission_for_instance(user, "change", item)
    root = Collection.get_first_root_node()
    assert root in policy.collections_user_has_permission_for(user, "add")


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_without_a_membership_uploads(divisions: Divisions, kind: str):
    newcomer = divisions.office.clerk("newcomer", "reporter", everywhere=False)
    policy = policy_registry.get_by_type(OfficeImage if kind == "image" else OfficeDocument)

    assert not policy.user_has_permission(newcomer.user, "add")
    assert policy.user_has_permission(newcomer.user, "choose")


def test_head_of_a_division_gets_no_more_than_the_group_has(divisions: Divisions):
    item = stored("image", collection_of(divisions.finance))
    policy = policy_registry.get_by_type(OfficeImage)

    assert not policy.user_has_permission_for_instance(divisions.finance_head.user, "change", item)
