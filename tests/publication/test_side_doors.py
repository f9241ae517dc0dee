"""Scripts, commands and SQL may write to any row: not one public word changes."""

import datetime
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Revision

from pages.models import NewsPage
from tests.office import Office
from tests.publication.conftest import NEW_TITLE


def run_sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_revision_published_by_a_script(open_office: Office, edited: NewsPage):
    before = open_office.public()

    edited.get_latest_revision().publish()

    assert open_office.fresh(edited).title == NEW_TITLE
    assert open_office.public() == before


def test_revision_published_in_the_name_of_a_superuser(open_office: Office, edited: NewsPage):
    before = open_office.public()

    with pytest.raises(PermissionDenied):
        edited.get_latest_revision().publish(user=open_office.root.user)

    assert open_office.public() == before


def test_revision_published_without_permission_checks(open_office: Office, edited: NewsPage):
    before = open_office.public()

    edited.get_latest_revision().publish(user=open_office.root.user, skip_permission_checks=True)

    assert open_office.fresh(edited).title == NEW_TITLE
    assert open_office.public() == before


def test_snippet_revision_published_by_a_script(open_office: Office):
    department = open_office.publish(open_office.department())
    department = open_office.edit(department, title=NEW_TITLE)
    before = open_office.public()

    department.get_latest_revision().publish()

    assert open_office.fresh(department).title == NEW_TITLE
    assert open_office.public() == before


def test_row_saved_live(open_office: Office):
    page = open_office.draft()
    before = open_office.public()

    page.live, page.title = True, NEW_TITLE
    page.save()

    assert open_office.fresh(page).live
    assert open_office.public() == before


def test_published_row_saved_with_another_title(open_office: Office, edited: NewsPage):
    before = open_office.public()

    edited.title = NEW_TITLE
    edited.save()

    assert open_office.fresh(edited).title == NEW_TITLE
    assert open_office.public() == before


def test_scheduled_publishing(open_office: Office, edited: NewsPage):
    past = timezone.now() - datetime.timedelta(minutes=1)
    Revision.objects.filter(pk=edited.latest_revision_id).update(approved_go_live_at=past)
    before = open_office.public()

    call_command("publish_scheduled")

    assert open_office.fresh(edited).title == NEW_TITLE
    assert open_office.public() == before


def test_scheduled_unpublishing(open_office: Office, edited: NewsPage):
    past = timezone.now() - datetime.timedelta(minutes=1)
    NewsPage.objects.filter(pk=edited.pk).update(expire_at=past)
    before = open_office.public()

    call_command("publish_scheduled")

    assert not open_office.fresh(edited).live
    assert open_office.public() == before


def test_copy_that_stays_live(open_office: Office, edited: NewsPage):
    before = open_office.public()

    copy = edited.copy(keep_live=True, update_attrs={"slug": "copy"})

    assert open_office.fresh(copy).live
    assert open_office.public() == before


def test_alias_of_a_live_page(open_office: Office, edited: NewsPage):
    before = open_office.public()

    alias = edited.create_alias(update_slug="alias")

    assert open_office.fresh(alias).live
    assert open_office.public() == before


def test_alias_that_follows_its_page(open_office: Office, edited: NewsPage):
    alias = edited.create_alias(update_slug="alias")
    before = open_office.public()

    edited.get_latest_revision().publish()

    assert open_office.fresh(alias).title == NEW_TITLE
    assert open_office.public() == before


def test_page_moved_to_another_section(open_office: Office, edited: NewsPage):
    other = open_office.publish(open_office.section(open_office.home, title="อื่น", slug="other"))
    before = open_office.public()

    edited.move(other, pos="last-child")

    assert open_office.fresh(edited).get_parent().pk == other.pk
    assert open_office.public() == before


def test_old_revision_saved_and_published_again(open_office: Office):
    page = open_office.draft(title="เดิม")
    old = page.get_latest_revision()
    page = open_office.publish(open_office.edit(page, title="ใหม่"))
    before = open_office.public()

    old.as_object().save_revision(previous_revision=old).publish(previous_revision=old)

    assert open_office.fresh(page).title == "เดิม"
    assert open_office.public() == before


def test_row_changed_in_sql(open_office: Office, edited: NewsPage):
    body = json.dumps([{"type": "heading", "value": NEW_TITLE, "id": "1"}])
    before = open_office.public()

    run_sql("UPDATE wagtailcore_page SET title = %s WHERE id = %s", NEW_TITLE, edited.pk)
    run_sql("UPDATE pages_newspage SET body = %s WHERE contentpage_ptr_id = %s", body, edited.pk)

    page = open_office.fresh(edited)
    assert (page.title, page.body[0].value) == (NEW_TITLE, NEW_TITLE)
    assert open_office.public() == before


def test_row_deleted(open_office: Office, edited: NewsPage):
    before = open_office.public()

    edited.delete()

    assert not NewsPage.objects.filter(pk=edited.pk).exists()
    assert open_office.public() == before


def test_department_row_changed_below_a_published_page(open_office: Office):
    department = open_office.publish(open_office.department())
    open_office.publish(open_office.draft(department=department))
    before = open_office.public()

    department.title = NEW_TITLE
    department.save()

    assert open_office.fresh(department).title == NEW_TITLE
    assert open_office.public() == before
