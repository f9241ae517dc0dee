"""Hand-made requests to the admin, by superusers too: not one public word changes."""

import pytest
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from cms.publication.publish import NotSigned
from pages.models import NewsPage
from tests.admin import browser, edit_url, filled_in, unpublish_url
from tests.office import Office
from tests.publication.conftest import NEW_TITLE


def bulk_url(action: str, page: NewsPage) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return f"{url}?id={page.pk}"


@pytest.mark.parametrize("role", ["root", "publisher"])
def test_publish_button_of_the_editor(open_office: Office, edited: NewsPage, role: str):
    client = browser(getattr(open_office, role))
    data = filled_in(client, edit_url(edited), **{"title": "อีกชื่อ", "action-publish": "1"})
    before = open_office.public()

    assert client.post(edit_url(edited), data).status_code == 302

    page = open_office.fresh(edited)
    assert page.get_latest_revision_as_object().title == "อีกชื่อ"
    assert page.title != "อีกชื่อ"
    assert open_office.public() == before


@pytest.mark.parametrize("role", ["root", "publisher"])
def test_publish_button_of_a_new_page(open_office: Office, role: str):
    client = browser(getattr(open_office, role))
    url = reverse("wagtailadmin_pages:add", args=["pages", "newspage", open_office.news.pk])
    data = filled_in(client, url, **{"title": NEW_TITLE, "slug": "new", "action-publish": "1"})
    before = open_office.public()

    assert client.post(url, data).status_code == 302

    assert not NewsPage.objects.get(title=NEW_TITLE).live
    assert open_office.public() == before


def test_publish_button_of_a_snippet(open_office: Office):
    department = open_office.publish(open_office.department())
    client = browser(open_office.root)
    url = edit_url(department)
    data = filled_in(client, url, **{"title": NEW_TITLE, "action-publish": "1"})
    before = open_office.public()

    assert client.post(url, data).status_code == 302

    department = open_office.fresh(department)
    assert department.get_latest_revision_as_object().title == NEW_TITLE
    assert department.title != NEW_TITLE
    assert open_office.public() == before


@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_bulk_action(open_office: Office, edited: NewsPage, action: str):
    before = open_office.public()

    response = browser(open_office.root).post(bulk_url(action, edited))

    assert response.status_code == 302
    page = open_office.fresh(edited)
    assert page.live
    assert page.title != NEW_TITLE
    assert open_office.public() == before


def test_bulk_deletion(open_office: Office, edited: NewsPage):
    before = open_office.public()

    browser(open_office.root).post(bulk_url("delete", edited))

    assert not NewsPage.objects.filter(pk=edited.pk).exists()
    assert open_office.public() == before


@pytest.mark.parametrize("kind", ["page", "snippet"])
def test_unpublishing(open_office: Office, edited: NewsPage, kind: str):
    item = edited if kind == "page" else open_office.publish(open_office.department())
    before = open_office.public()

    response = browser(open_office.root).post(unpublish_url(item))

    assert response.status_code == 302
    assert open_office.fresh(item).live
    assert open_office.public() == before


@pytest.mark.parametrize("extra", [{"publish_copies": "on"}, {"alias": "on"}, {}])
def test_copying(open_office: Office, edited: NewsPage, extra: dict):
    client = browser(open_office.root)
    parent = open_office.news.pk
    data = {"new_title": NEW_TITLE, "new_slug": "copy", "new_parent_page": parent, **extra}
    before = open_office.public()

    response = client.post(reverse("wagtailadmin_pages:copy", args=[edited.pk]), data)

    refused = response.status_code == 200
    assert refused or NewsPage.objects.filter(slug="copy", live=False).exists()
    assert open_office.public() == before


def test_moving(open_office: Office, edited: NewsPage):
    other = open_office.publish(open_office.section(open_office.home, title="อื่น", slug="other"))
    url = reverse("wagtailadmin_pages:move_confirm", args=[edited.pk, other.pk])
    before = open_office.public()

    browser(open_office.root).post(url)

    assert open_office.fresh(edited).get_parent().pk == other.pk
    assert open_office.public() == before


def test_ordering_the_pages_of_a_section(open_office: Office, edited: NewsPage):
    open_office.publish(open_office.draft())
    url = reverse("wagtailadmin_pages:set_page_position", args=[edited.pk])
    before = open_office.public()

    browser(open_office.root).post(f"{url}?position=1")

    children = open_office.fresh(open_office.news).get_children()
    assert children.last().pk == edited.pk
    assert open_office.public() == before


@pytest.mark.parametrize("role", ["root", "publisher"])
def test_reverting_to_an_older_revision(open_office: Office, role: str):
    page = open_office.draft(title="เดิม")
    old = page.get_latest_revision()
    page = open_office.publish(open_office.edit(page, title="ใหม่"))
    client = browser(getattr(open_office, role))
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    data = filled_in(client, url, **{"revision": old.pk, "action-publish": "1"})
    before = open_office.public()

    assert client.post(edit_url(page), data).status_code == 302

    page = open_office.fresh(page)
    assert page.get_latest_revision_as_object().title == "เดิม"
    assert page.title == "ใหม่"
    assert open_office.public() == before


def test_stock_approval_by_a_superuser(open_office: Office):
    task = GroupApprovalTask.objects.create(name="Stock approval")
    workflow = Workflow.objects.create(name="Stock workflow")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(page=open_office.news, workflow=workflow)
    page = open_office.draft()
    state = workflow.start(page, open_office.root.user).current_task_state
    before = open_office.public()

    with pytest.raises(NotSigned):
        task.on_action(state, open_office.root.user, "approve")

    assert not open_office.fresh(page).live
    assert open_office.public() == before


def test_stock_approval_in_the_admin(open_office: Office):
    task = GroupApprovalTask.objects.create(name="Stock approval")
    workflow = Workflow.objects.create(name="Stock workflow")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(page=open_office.news, workflow=workflow)
    page = open_office.draft()
    state = workflow.start(page, open_office.root.user).current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    before = open_office.public()

    assert browser(open_office.root).post(url, {"comment": ""}).status_code == 302

    assert open_office.fresh(page).workflow_in_progress
    assert open_office.public() == before
