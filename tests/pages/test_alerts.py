"""Alerts and their templates: both languages, blanks, areas, and an end."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.snapshot.snapshot import snapshot_of
from pages.alert_areas import clean_circle, clean_polygon
from pages.alert_words import blanks_in, filled
from pages.completeness import signing_problems
from tests.alerts.alerting import BLANKS, draft, hours, template
from tests.office import Office


def problems(office: Office, **changes: Any) -> list[str]:
    alert = draft(office)
    for name, value in changes.items():
        setattr(alert, name, value)
    return signing_problems(alert)


def test_blank_is_named_once_and_filled_everywhere():
    text = "น้ำท่วม{ที่} และ{ที่}"

    assert blanks_in(text) == ["ที่"]
    assert filled(text, {"ที่": "หมู่ 1"}) == "น้ำท่วมหมู่ 1 และหมู่ 1"


def test_blank_without_a_value_stays_visible():
    assert filled("at {place}", {}) == "at {place}"


def test_template_asks_for_each_blank_once(db):
    assert sorted(template().blanks) == sorted(BLANKS)


def test_alert_of_a_template_holds_both_languages(open_office: Office):
    alert = draft(open_office)

    assert alert.title == "น้ำท่วมฉับพลันที่บ้านหนองปลา หมู่ 3"
    assert alert.headline_en == "Flash flood at Ban Nong Pla, Village 3"
    assert "14.30" in alert.description
    assert "14.30" in alert.description_en
    assert signing_problems(alert) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"headline_en": ""},
        {"instruction_en": ""},
        {"description": ""},
        {"area_en": "บ้านหนองปลา"},
        {"headline_en": "Flood ที่ Ban Nong Pla"},
        {"title": "Flood"},
        {"instruction": "ไปที่ {ศูนย์}"},
        {"expire_at": None},
        {"expire_at": hours(24 * 8)},
        {"go_live_at": hours(1)},
        {"area_circle": "somewhere"},
        {"severity": "great"},
        {"web": "javascript:alert(1)"},
    ],
)
def test_half_an_alert_is_not_signed(open_office: Office, changes: dict):
    assert problems(open_office, **changes)


def test_alert_has_no_version_in_another_language(open_office: Office):
    alert = draft(open_office)

    assert problems(open_office, locale=open_office.english)
    with pytest.raises(ValidationError):
        alert.copy_for_translation(open_office.english)


def test_template_in_one_language_is_refused(db):
    half = template()
    half.instruction_en = "ไปที่สูง"

    with pytest.raises(ValidationError):
        half.full_clean()


def test_polygon_is_closed():
    assert clean_polygon("13.1,100.1 13.2,100.1 13.2,100.2").endswith("13.2,100.2 13.1,100.1")


@pytest.mark.parametrize(
    "text", ["13,100", "13,100 13,101 13,100", "a,b c,d e,f", "99,100 1,1 2,2"]
)
def test_polygon_that_is_none(text: str):
    with pytest.raises(ValidationError):
        clean_polygon(text)


@pytest.mark.parametrize("text", ["13,100", "13,100 0", "13,100 -1", "13,100 x", "13,200 1"])
def test_circle_that_is_none(text: str):
    with pytest.raises(ValidationError):
        clean_circle(text)


def test_circle_is_taken():
    assert clean_circle(" 13.75,100.5  2.5 ") == "13.75,100.5 2.5"


def test_snapshot_says_by_its_type_that_an_alert_takes_the_quick_path(open_office: Office):
    assert snapshot_of(draft(open_office)).data["signing"]["quickPath"] is True


def test_no_attribute_of_a_draft_opens_the_quick_path(open_office: Office):
    page = open_office.draft()
    page.takes_quick_path = page.quickPath = True

    assert "quickPath" not in snapshot_of(page).data["signing"]
