"""A procurement notice: its facts in figures and words."""

import datetime
import json

from django.utils import timezone

from tests.office import Office
from tests.website.reading import block, in_english, published, read, thai, words


def notice(office: Office, **value):
    value = {"stage": "invitation", "method": "e-bidding", "budget": "980000.00", **value}
    return published(
        office,
        # Of an earlier web site: no minimum period runs here.
        posted_on=timezone.localdate() - datetime.timedelta(days=400),
        kind="procurement",
        slug="road",
        procurement=json.dumps([block("procurement", value)]),
    )


def facts(path: str = "/th/news/road/") -> dict[str, str]:
    rows = read(path).select(".brief-facts > div")
    return {words(row.dt): words(row.dd) for row in rows}


def test_money_has_thousands_and_no_needless_satang(open_office: Office):
    notice(open_office, reference_price="968000.50")

    found = facts()
    assert found[thai("Budget")].startswith("980,000 ")
    assert found[thai("Reference price")].startswith("968,000.50 ")


def test_choices_are_words_of_the_language(open_office: Office):
    in_english(open_office, notice(open_office), "Road")

    assert facts()[thai("Stage")] == thai("Invitation")
    assert facts("/en/news/road/")["Stage"] == "Invitation"
    assert facts("/en/news/road/")["Budget"] == "980,000 baht"


def test_what_is_not_known_is_left_out(open_office: Office):
    notice(open_office)

    assert set(facts()) == {thai("Stage"), thai("Method"), thai("Budget")}


def test_winner_and_price_are_shown(open_office: Office):
    notice(open_office, stage="winner", contractor="หจก. ตัวอย่าง", price="950000")

    assert facts()[thai("Winner or contractor")] == "หจก. ตัวอย่าง"
    assert facts()[thai("Agreed price")].startswith("950,000 ")


def test_closing_time_is_thai_time(open_office: Office):
    closes_at = datetime.datetime(2026, 11, 5, 9, 30, tzinfo=datetime.UTC)
    notice(open_office, closes_at=closes_at.isoformat())

    closing = facts()[thai("Bids close")]
    assert "5 พฤศจิกายน 2569" in closing
    assert "16:30" in closing


def test_bids_that_closed_say_so(open_office: Office):
    closed = timezone.now() - datetime.timedelta(hours=1)
    notice(open_office, closes_at=closed.isoformat())

    assert read("/th/news/road/").select_one(".brief-facts .stage-closed")


def test_open_bids_do_not_say_that_they_closed(open_office: Office):
    open_until = timezone.now() + datetime.timedelta(hours=1)
    notice(open_office, closes_at=open_until.isoformat())

    assert not read("/th/news/road/").select_one(".brief-facts .stage-closed")


def test_other_news_has_no_such_facts(open_office: Office):
    published(open_office, slug="plain")

    assert not read("/th/news/plain/").select_one(".brief-facts")
