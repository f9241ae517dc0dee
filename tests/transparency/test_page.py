"""The public page and its files: languages, days, what is refused, caches, how much it asks."""

import datetime
import json
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.oversight.assessment_lists import load_shipped
from cms.oversight.history import record_coverage, record_day
from cms.oversight.models import Assessment, AssessmentItem, Framework
from cms.transparency.models import AssessmentDay
from cms.transparency.numbers import Transparency
from cms.watching.models import SampleDay
from cms.webhooks.models import Delivery
from tests.oversight.duties import owe, show
from tests.oversight.many import many_publications
from tests.publication.withdrawing import latest
from tests.transparency import faces
from tests.website.reading import read, thai, words


@pytest.mark.parametrize("language", ["th", "en"])
def test_page_stands_in_both_languages_and_every_page_leads_there(open_office, language: str):
    soup = read(f"/{language}/transparency/")

    assert soup.html["lang"] == language
    assert soup.footer.find("a", href=f"/{language}/transparency/")
    other = {"th": "en", "en": "th"}[language]
    assert soup.header.find("a", href=f"/{other}/transparency/")
    assert soup.find("link", rel="canonical")["href"].endswith(f"/{language}/transparency/")


def test_english_page_names_chapters_and_divisions_in_english(world):
    world.owe_everything()
    english = world.finance.copy_for_translation(world.office.english)
    english.title = "Finance Division"
    english.save()
    english.save_revision(user=world.office.translator.user)
    world.office.show(english)

    page = faces.of_page(language="en")
    assert "Finance Division" in words(page.select_one("#table-divisions"))
    assert "กองคลัง" in words(faces.of_page().select_one("#table-divisions"))


def test_draft_of_a_division_lends_no_name(world):
    world.owe_everything()
    world.office.edit(world.finance, title="ชื่อในร่าง")

    page = faces.of_page()
    assert "ชื่อในร่าง" not in str(page)
    assert "กองคลัง" in words(page.select_one("#table-divisions"))


def test_day_of_the_address_stays_in_links_and_languages(world):
    world.owe_everything()
    day = world.first_day.isoformat()
    world.pass_days(2)

    page = read(f"/th/transparency/?as_of={day}")
    assert page.select_one(".banner-as-of")
    assert page.select_one("#as-of")["value"] == day
    assert page.header.find("a", href=f"/en/transparency/?as_of={day}")
    assert page.find("a", href=f"/th/transparency/numbers.csv?as_of={day}")
    assert page.select_one('meta[name="robots"][content="noindex"]')


@pytest.mark.parametrize(
    "query",
    ["as_of=2569-01-01", "as_of=1999-12-31", "as_of=x", "year=2500", "year=abc", "after=x"],
)
def test_what_there_is_not_is_said_with_a_way_on(open_office, query: str):
    soup = read(f"/th/transparency/?{query}", 400)

    assert thai("Nothing is told under this address") in words(soup.h1)
    assert soup.main.find("a", href="/th/transparency/")
    file_status = Client().get(f"/th/transparency/log.csv?{query}").status_code
    assert file_status == (200 if query.startswith("year") else 400)


def test_day_to_come_is_refused(open_office):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    read(f"/th/transparency/?as_of={tomorrow}", 400)


def test_nothing_is_taken_but_get(open_office, client):
    assert client.post("/th/transparency/").status_code == 405
    assert client.post("/th/transparency/numbers.json").status_code == 405


def test_files_are_open_to_every_site_and_say_what_they_are(open_office, client):
    response = client.get("/en/transparency/numbers.csv")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert not response.cookies


def test_catalogue_of_data_names_files_that_are_there(open_office, client):
    catalogue = json.loads(client.get("/en/open-data/catalog.jsonld").content)
    dataset = catalogue["dcat:dataset"][-1]
    files = [urlsplit(one["dcat:downloadURL"]["@id"]).path for one in dataset["dcat:distribution"]]

    assert dataset["dct:title"]["@value"] == "Transparency in numbers"
    assert len(files) == 4
    assert {client.get(path).status_code for path in files} == {200}


# --- frameworks and samples ----------------------------------------------------------------------


def test_shipped_frameworks_are_counted_and_others_are_not_named(open_office):
    load_shipped()
    own = Framework.objects.create(key="own", title_th="รายการภายใน")
    assessment = Assessment.objects.create(framework=own, fiscal_year=2566)
    AssessmentItem.objects.create(assessment=assessment, code="X1", title_th="ลับ")
    Framework.objects.filter(key="lpa").update(title_th="ชื่อที่ไม่มีใครลงนาม")

    found = {
        (one["key"], one["fiscalYear"]["be"]): one["items"]
        for one in faces.of_graphql()["frameworks"]
    }
    text = str(faces.of_page())
    assert found["ita-oit", 2566] == 43
    assert {key for key, _year in found} == {"ita-oit", "lpa", "website-standard"}
    assert "รายการภายใน" not in text
    assert "ชื่อที่ไม่มีใครลงนาม" not in text


def test_framework_counts_are_those_of_the_assessment_in_every_face(open_office):
    load_shipped()
    item = owe(open_office, "1.1(1)")
    show(open_office, item)
    names = ("items", "complete", "incomplete", "missing", "percent")
    told = faces.of_graphql()["frameworks"]
    by_hand = next(one for one in told if one["key"] == "ita-oit" and one["items"] == 43)

    assert by_hand["complete"] + by_hand["incomplete"] + by_hand["missing"] == 43
    assert faces.of_json()["frameworks"] == told
    lines = [line for line in faces.lines_of_csv() if line["part"] == "frameworks"]
    assert [int(line["value"]) for line in lines] == [one[name] for one in told for name in names]
    rows = faces.of_page().select("#table-frameworks tbody tr")
    assert [[int(words(cell)) for cell in row.select("td")] for row in rows] == [
        [one[name] for name in names] for one in told
    ]


def test_counts_of_frameworks_are_those_of_the_recorded_day(world):
    load_shipped()
    world.owe_everything()
    before = faces.of_graphql()["frameworks"]
    record_coverage()
    day = world.first_day
    world.pass_days(1)
    AssessmentItem.objects.filter(assessment__fiscal_year=2566, code="O1").delete()

    assert faces.of_graphql()["frameworks"] != before
    assert faces.of_graphql(day)["frameworks"] == before
    assert faces.of_json(day)["frameworks"] == before


def test_samples_of_thirty_days_are_added_up(world):
    page = world.office.show(world.office.draft())
    address = latest(page).address
    for ago, answered, failed in ((0, 50, 50), (1, 23, 1), (30, 24, 0), (31, 0, 9)):
        day = world.first_day - datetime.timedelta(days=ago)
        SampleDay.objects.create(address=address, day=day, answered=answered, failed=failed)

    told = faces.of_graphql()["reachability"]
    assert (told["samples"], told["answered"], told["percent"]) == (48, 47, 97.91)
    assert "97.91" in words(faces.of_page().select_one("#reached"))
    lines = [line for line in faces.lines_of_csv() if line["part"] == "reachability"]
    assert [line["value"] for line in lines] == ["48", "47", "97.91"]


# --- caches and costs ----------------------------------------------------------------------------


def test_recording_a_day_purges_the_numbers(open_office, settings, client):
    settings.WAGTAILFRONTENDCACHE = {
        "x": {"BACKEND": "wagtail.contrib.frontend_cache.backends.DummyBackend"}
    }
    tags = client.get("/th/transparency/")["Surrogate-Key"].split()

    owe(open_office, "1.1")
    Delivery.objects.all().delete()
    record_coverage()

    payload = Delivery.objects.get().payload
    assert "transparency" in tags
    assert '"tags":["transparency"]' in payload
    assert "/en/transparency/log.json" in payload


def test_answer_in_memory_is_new_once_a_day_is_recorded(open_office, client):
    owe(open_office, "1.1")
    url = "/graphql/transparency/?locale=TH"
    before = client.get(url).json()["data"]["transparency"]["recordedDays"]
    record_coverage()

    after = client.get(url).json()["data"]["transparency"]["recordedDays"]
    assert (len(before), len(after)) == (0, 1)


def test_page_asks_as_much_for_many_publications_as_for_few(open_office):
    item = owe(open_office, "1.1")
    page = show(open_office, item)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            read("/th/transparency/")
        return len(caught)

    queries()
    few = queries()
    many_publications(latest(page), 50)
    assert Transparency().totals.public == 1
    assert queries() == few


def test_an_office_that_owes_nothing_yet_records_its_lists_once_a_day(open_office):
    load_shipped()
    today = timezone.localdate()
    record_day(today)
    lists = AssessmentDay.objects.count()

    record_day(today)  # nothing says that this day was counted: nothing is owed

    assert AssessmentDay.objects.count() == lists > 0
