"""Rules of laws and official information: what an editor is refused, with a message."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from pages.law import Force, force_on
from pages.models import LawPage, OfficialInformationPage

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 1)


def law(**fields) -> LawPage:
    return LawPage(title="กฎหมาย", slug="law", kind="act", source="ก", **fields)


def problems(page, rules: str = "clean") -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        getattr(page, rules)()
    return caught.value.message_dict


@pytest.mark.parametrize(
    ("effective", "repealed", "force"),
    [
        (None, None, Force.IN_FORCE),
        (datetime.date(2026, 6, 1), None, Force.IN_FORCE),
        (datetime.date(2026, 6, 2), None, Force.NOT_YET),
        (None, datetime.date(2026, 6, 1), Force.REPEALED),
        (None, datetime.date(2026, 6, 2), Force.IN_FORCE),
        (datetime.date(2026, 7, 1), datetime.date(2026, 8, 1), Force.NOT_YET),
    ],
)
def test_force_of_a_law_on_a_day(effective, repealed, force):
    assert force_on(DAY, effective, repealed) == force


def test_law_is_not_repealed_before_it_is_in_force():
    found = law(effective_on=DAY, repealed_on=datetime.date(2026, 5, 1))

    assert list(problems(found)) == ["repealed_on"]


def test_law_does_not_repeal_itself():
    found = law(repealed_on=DAY)
    found.pk = 7
    found.repealed_by_id = 7

    assert list(problems(found)) == ["repealed_by"]


def test_law_that_another_replaced_names_the_day():
    found = law()
    found.repealed_by_id = 8

    assert list(problems(found, "clean_for_signing")) == ["repealed_on"]


def test_year_of_the_buddhist_era_is_refused():
    found = law(gazette_on=datetime.date(2569, 1, 1))

    assert "2026" in str(problems(found)["gazette_on"])


def test_official_information_fulfils_a_part():
    page = OfficialInformationPage(title="ก", slug="a")

    assert list(problems(page, "clean_for_signing")) == ["official_information"]
