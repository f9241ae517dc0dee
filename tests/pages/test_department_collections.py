"""Each division has its own collection of images and documents."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from pages.department_collections import ROOT_NAME, ensure_collections
from pages.models import Department, DepartmentCollection
from tests.admin import browser, edit_url
from tests.office import Office

CHOOSERS = ["wagtailimages_chooser:choose", "wagtaildocs_chooser:choose"]


def collection_of(department: Department) -> Collection:
    return DepartmentCollection.objects.get(department=department).collection


def chosen_at_first(client: Client, chooser: str, editor: str) -> int:
    """The collection that the upload form begins with, as its id."""
    response = client.get(reverse(chooser), headers={"Referer": f"http://testserver{editor}"})
    form = response.context["creation_form"]
    return form["collection"].value()


def test_division_gets_a_collection_below_the_root(open_office: Office):
    collection = collection_of(open_office.department(title="กองช่าง", short_title="ช่าง"))

    assert collection.name == "ช่าง"
    assert collection.get_parent() == Collection.get_first_root_node()


def test_division_without_a_short_name_gives_its_full_one(open_office: Office):
    assert collection_of(open_office.department(title="กองช่าง")).name == "กองช่าง"


def test_collection_is_renamed_with_its_division(open_office: Office):
    department = open_office.department(title="กองช่าง", short_title="ช่าง")
    collection = collection_of(department)

    department.short_title = "โยธา"
    department.save()

    collection.refresh_from_db()
    assert collection.name == "โยธา"


def test_published_division_keeps_its_one_collection(open_office: Office):
    department = open_office.department(title="กองช่าง")
    collection = collection_of(department)

    open_office.show(department)

    assert collection_of(department) == collection


def test_english_division_shares_the_collection(open_office: Office):
    department = open_office.department(title="กองช่าง")
    department.copy_for_translation(open_office.english).save()

    assert DepartmentCollection.objects.filter(collection__name="กองช่าง").count() == 1


def test_migrating_gives_older_divisions_theirs(open_office: Office):
    department = open_office.department(title="กองช่าง")
    collection_of(department).delete()

    ensure_collections()

    assert collection_of(department).name == "กองช่าง"


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_upload_begins_with_the_division_of_the_page(open_office: Office, chooser: str):
    department = open_office.department(title="กองช่าง")
    page = open_office.edit(open_office.draft(), department=department)

    found = chosen_at_first(browser(open_office.reporter), chooser, edit_url(page))

    assert found == collection_of(department).pk


def test_upload_for_an_english_page_begins_with_the_same(open_office: Office):
    department = open_office.department(title="กองช่าง")
    english = department.copy_for_translation(open_office.english)
    english.save()
    page = open_office.draft(open_office.english_news, department=english)

    found = chosen_at_first(browser(open_office.reporter), CHOOSERS[0], edit_url(page))

    assert found == collection_of(department).pk


def test_upload_for_a_new_page_begins_with_the_division_of_its_section(open_office: Office):
    department = open_office.department(title="กองช่าง")
    open_office.edit(open_office.news, department=department)
    below = reverse("wagtailadmin_pages:add", args=["pages", "newspage", open_office.news.pk])

    found = chosen_at_first(browser(open_office.reporter), CHOOSERS[0], below)

    assert found == collection_of(department).pk


@pytest.mark.parametrize("editor", ["", "/admin/", "/admin/pages/999999/edit/", "/th/", "//x:y"])
def test_upload_from_elsewhere_begins_at_the_root(open_office: Office, editor: str):
    open_office.department(title="กองช่าง")

    found = chosen_at_first(browser(open_office.reporter), CHOOSERS[0], editor)

    assert found is None  # the first of the list


def test_root_has_a_name_that_clerks_understand(db):
    assert Collection.get_first_root_node().name == ROOT_NAME


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_chooser_filters_by_collection(open_office: Office, chooser: str):
    open_office.department(title="กองช่าง")

    html = browser(open_office.reporter).get(reverse(chooser)).json()["html"]

    assert 'name="collection_id"' in html
    assert "กองช่าง" in html
