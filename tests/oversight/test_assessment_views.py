"""Assessments and the list of obligations in the admin."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from cms.oversight import assessment_views
from cms.oversight.models import Assessment, AssessmentItem, Component, Framework
from cms.thai.spreadsheets import read_table, write_table
from pages.models import DisclosureItem
from tests.admin import browser
from tests.office import Office


@pytest.fixture
def assessment(open_office: Office) -> Assessment:
    framework = Framework.objects.create(key="test", title_th="ทดสอบ")
    made = Assessment.objects.create(framework=framework, fiscal_year=2566)
    item = AssessmentItem.objects.create(assessment=made, code="O1", title_th="โครงสร้าง")
    Component.objects.create(item=item, title_th="แผนผัง", disclosure_codes="1.1(1).3")
    return made


def file_of(*rows: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", write_table(list(rows), "csv"))


def test_pages_of_an_assessment_are_shown_in_both_languages(
    open_office: Office, assessment: Assessment
):
    client = browser(open_office.administrator)
    item = assessment.items.get()

    for name, *more in (("items",), ("new_item",), ("item", item.pk), ("import",), ("edit",)):
        response = client.get(reverse(f"assessments:{name}", args=[assessment.pk, *more]))
        assert response.status_code == 200, name
    html = client.get(reverse("assessments:items", args=[assessment.pk])).content.decode()
    assert "โครงสร้าง" in html
    assert "1.1(1).3" in html
    for name in ("assessments:index", "assessments:add", "frameworks:index", "obligations_sheet"):
        user = open_office.root if name == "obligations_sheet" else open_office.administrator
        assert browser(user).get(reverse(name)).status_code == 200, name


def test_others_than_administrators_see_and_change_nothing(
    open_office: Office, assessment: Assessment
):
    client = browser(open_office.reporter)

    for name in ("items", "new_item", "import", "export_csv"):
        url = reverse(f"assessments:{name}", args=[assessment.pk])
        assert client.get(url).status_code == 302, name
    client.post(reverse("assessments:copy_forward", args=[assessment.pk]))
    client.post(reverse("assessments:load"))
    assert Assessment.objects.count() == 1


def test_overseer_sees_and_does_not_change(open_office: Office, assessment: Assessment):
    client = browser(open_office.overseer)
    item = assessment.items.get()

    assert client.get(reverse("assessments:items", args=[assessment.pk])).status_code == 200
    client.post(reverse("assessments:item", args=[assessment.pk, item.pk]), {"delete": "1"})
    assert assessment.items.exists()


def test_an_item_is_saved_with_its_components(open_office: Office, assessment: Assessment):
    item, component = assessment.items.get(), Component.objects.get()
    url = reverse("assessments:item", args=[assessment.pk, item.pk])
    values = {
        "code": "O1",
        "title_th": "โครงสร้างใหม่",
        "sort_order": "1",
        "components-TOTAL_FORMS": "2",
        "components-INITIAL_FORMS": "1",
        "components-0-id": str(component.pk),
        "components-0-title_th": "แผนผัง",
        "components-0-disclosure_codes": "๑.๑(๑).๓, 1.1(1).4",
        "components-0-year_offset": "0",
        "components-0-sort_order": "0",
        "components-1-title_th": "สอง",
        "components-1-year_offset": "-1",
        "components-1-sort_order": "1",
    }

    client = browser(open_office.administrator)
    refused = client.post(url, {**values, "components-1-pages": "/th/nowhere/"})
    before = (refused.status_code, "สอง" in refused.content.decode(), Component.objects.count())
    response = browser(open_office.administrator).post(
        url, {**values, "components-1-pages": "/th/"}
    )

    assert before == (200, True, 1)
    assert response.status_code == 302
    codes = list(item.components.values_list("disclosure_codes", "year_offset"))
    assert codes == [("1.1(1).3 1.1(1).4", 0), ("", -1)]
    assert [str(one) for one in item.components.last().addresses.all()] == ["/th/"]


def test_a_spreadsheet_is_imported_or_its_errors_are_listed(
    open_office: Office, assessment: Assessment
):
    client = browser(open_office.administrator)
    url = reverse("assessments:import", args=[assessment.pk])

    refused = client.post(url, {"file": file_of(["code", "title_th"], ["O2", ""])})
    taken = client.post(url, {"file": file_of(["code", "title_th"], ["O2", "สอง"])})

    assert "2" in refused.content.decode()
    assert (refused.status_code, taken.status_code) == (200, 302)
    assert [item.code for item in assessment.items.all()] == ["O1", "O2"]


def test_what_is_no_spreadsheet_is_refused_with_a_message(
    open_office: Office, assessment: Assessment
):
    url = reverse("assessments:import", args=[assessment.pk])
    client = browser(open_office.administrator)
    for content in (b"PK\x03\x04 not really", b"\x00\x01\x02", b"code,title_th\n"):
        response = client.post(url, {"file": SimpleUploadedFile("list.xlsx", content)})
        assert response.status_code == 200
        assert "help-critical" in response.content.decode()


def test_list_that_is_submitted_meanwhile_is_not_changed(
    open_office: Office, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
):
    item = assessment.items.get()
    url = reverse("assessments:item", args=[assessment.pk, item.pk])

    def read_then_submitted(*args: Any, **kwargs: Any) -> Any:
        found = get_object_or_404(*args, **kwargs)
        Assessment.objects.update(submitted_at=timezone.now())
        return found

    monkeypatch.setattr(assessment_views, "get_object_or_404", read_then_submitted)
    browser(open_office.administrator).post(url, {"delete": "1"})

    assert assessment.items.exists()


def edited(office: Office, assessment: Assessment, **typed: Any) -> HttpResponse:
    """Posts the form of an assessment with these changes."""
    values = {
        "framework": assessment.framework_id,
        "fiscal_year": assessment.fiscal_year,
        "source": assessment.source,
        **typed,
    }
    page = reverse("assessments:edit", args=[assessment.pk])
    return browser(office.administrator).post(page, values)


def test_year_and_framework_stay_once_submitted(open_office: Office, assessment: Assessment):
    moment = timezone.now()
    Assessment.objects.update(submitted_at=moment)
    other = Framework.objects.create(key="other", title_th="อื่น")

    for change in ({"fiscal_year": 2567}, {"framework": other.pk}):
        response = edited(open_office, assessment, source="ที่มาใหม่", **change)
        assert response.status_code == 200
        assert set(response.context["form"].errors) == set(change)
        assert "ที่มาใหม่" in response.content.decode()
    assert edited(open_office, assessment, source="ที่มาใหม่").status_code == 302

    row = Assessment.objects.get()
    assert (row.framework, row.fiscal_year) == (assessment.framework, 2566)
    assert (row.source, row.submitted_at) == ("ที่มาใหม่", moment)


@pytest.mark.parametrize("is_submitted", [True, False])
def test_key_of_a_framework_stays_once_a_list_was_submitted(
    open_office: Office, assessment: Assessment, is_submitted: bool
):
    Assessment.objects.update(submitted_at=timezone.now() if is_submitted else None)
    page = reverse("frameworks:edit", args=[assessment.framework_id])

    response = browser(open_office.administrator).post(
        page, {"key": "renamed", "title_th": "ชื่อใหม่", "title_en": ""}
    )

    assert response.status_code == (200 if is_submitted else 302)
    assert Framework.objects.get().key == ("test" if is_submitted else "renamed")
    if is_submitted:
        assert "ชื่อใหม่" in response.content.decode()
        assert list(response.context["form"].errors) == ["key"]


@pytest.mark.parametrize("is_submitted", [True, False])
def test_list_is_deleted_until_it_is_submitted(
    open_office: Office, assessment: Assessment, is_submitted: bool
):
    Assessment.objects.update(submitted_at=timezone.now() if is_submitted else None)
    browser(open_office.administrator).post(reverse("assessments:delete", args=[assessment.pk]))

    assert Assessment.objects.exists() is is_submitted


def test_copy_forward_and_shipped_lists_by_button(open_office: Office, assessment: Assessment):
    client = browser(open_office.administrator)

    client.post(reverse("assessments:copy_forward", args=[assessment.pk]))
    client.post(reverse("assessments:copy_forward", args=[assessment.pk]))
    client.post(reverse("assessments:load"))

    years = Assessment.objects.filter(framework__key="test").values_list("fiscal_year", flat=True)
    assert sorted(years) == [2566, 2567]
    assert Assessment.objects.filter(framework__key="ita-oit").count() == 3


def test_obligations_are_exported_and_imported_as_drafts(open_office: Office):
    client = browser(open_office.reporter)
    head = ["code", "title_th"]

    client.post(reverse("obligations_sheet"), {"file": file_of(head, ["1.1", "หนึ่ง"])})
    refused = client.post(reverse("obligations_sheet"), {"file": file_of(head, ["1.2", ""])})
    exported = client.get(reverse("obligations_xlsx"))

    assert refused.status_code == 200
    assert DisclosureItem.objects.get(locale=open_office.thai).live is False
    assert [row[0] for row in read_table(exported.content)][1:] == ["1.1"]
    assert browser(open_office.overseer).get(reverse("obligations_sheet")).status_code == 302
