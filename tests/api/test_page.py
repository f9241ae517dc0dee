"""`page`: what stands at an address."""

import datetime

import pytest
from django.utils import timezone

from cms.publication.models import Address, Publication
from tests.api.ask import ask, ask_for_result
from tests.office import Office

PAGE = """query ($path: String, $id: String, $locale: Locale! = TH, $asOf: DateTime) {
  page(path: $path, permanentId: $id, locale: $locale, asOf: $asOf) {
    __typename
    ... on Page {
      title path locale permanentPath contentHash
      breadcrumbs { title path } translations { locale path }
      signOff { role position name }
    }
    ... on Redirect { path }
    ... on Gone { title reason goneSince }
  }
}"""


@pytest.fixture
def item(open_office: Office):
    return open_office.show(open_office.draft(title="น้ำท่วม", slug="flood"))


def page(**variables):
    return ask(PAGE, **variables)["page"]


def test_published_page_stands_at_its_path(item):
    found = page(path="/news/flood/")

    assert (found["__typename"], found["title"]) == ("NewsPage", "น้ำท่วม")
    assert found["path"] == "/th/news/flood/"


def test_breadcrumbs_lead_from_the_front_page(item):
    assert [link["path"] for link in page(path="/news/flood/")["breadcrumbs"]] == [
        "/th/",
        "/th/news/",
    ]


def test_permanent_id_of_a_record_without_a_page_finds_none(open_office: Office):
    division = open_office.publish(open_office.department(title="กองคลัง"))
    address = Address.objects.get(subject=division.translation_key)

    assert page(id=address.short_id) is None


def test_permanent_id_finds_the_page(item):
    short_id = Address.objects.get(path="/news/flood/").short_id

    assert page(id=short_id)["title"] == "น้ำท่วม"
    assert page(path="/news/flood/")["permanentPath"] == f"/id/{short_id}/th/"


def test_draft_is_nowhere(open_office):
    open_office.draft(slug="secret")

    assert page(path="/news/secret/") is None


def test_changed_draft_leaves_the_public_text(open_office, item):
    open_office.edit(item, title="ยังไม่ลงนาม")

    assert page(path="/news/flood/")["title"] == "น้ำท่วม"


def test_moved_page_redirects(open_office, item):
    open_office.show(open_office.edit(item, slug="high-water"))

    found = page(path="/news/flood/")
    assert found == {"__typename": "Redirect", "path": "/th/news/high-water/"}


def test_withdrawn_page_is_gone_with_its_reason(open_office, item):
    publication = Publication.objects.effective().get(subject=item.translation_key)
    withdrawal = open_office.approver.request_withdrawal(publication, "ข้อมูลผิด")
    open_office.publisher.confirm_withdrawal(withdrawal)

    found = page(path="/news/flood/")
    assert (found["__typename"], found["reason"]) == ("Gone", "ข้อมูลผิด")


def test_as_of_shows_what_stood_then(open_office, item):
    moment = timezone.now().isoformat()
    open_office.show(open_office.edit(item, title="ฉบับแก้ไข"))

    assert page(path="/news/flood/")["title"] == "ฉบับแก้ไข"
    assert page(path="/news/flood/", asOf=moment)["title"] == "น้ำท่วม"


def test_as_of_before_the_publication_shows_nothing(item):
    short_id = Address.objects.get(path="/news/flood/").short_id

    # Not a redirect either: whoever follows it would be sent to the same place for ever.
    assert page(path="/news/flood/", asOf="2020-01-01T00:00:00Z") is None
    assert page(id=short_id, asOf="2020-01-01T00:00:00Z") is None


def test_as_of_at_a_former_address_leads_to_the_present_one(open_office, item):
    moment = timezone.now().isoformat()
    open_office.show(open_office.edit(item, slug="moved", title="ชื่อใหม่"))

    found = page(path="/news/flood/", asOf=moment)
    assert found == {"__typename": "Redirect", "path": "/th/news/moved/"}
    assert page(path=found["path"], asOf=moment)["title"] == "น้ำท่วม"


def test_the_future_cannot_be_asked_about(open_office):
    ahead = timezone.now() + datetime.timedelta(days=9)
    item = open_office.draft(slug="later", go_live_at=ahead)
    open_office.show(item)

    result = ask_for_result(PAGE, path="/news/later/", asOf=(ahead.isoformat()))
    assert result.data["page"] is None
    assert "future" in str(result.errors[0])
    assert page(path="/news/later/") is None


def test_signers_are_shown_by_position_only(item):
    steps = page(path="/news/flood/")["signOff"]

    assert [step["role"] for step in steps] == ["REPORTER", "APPROVER", "PUBLISHER"]
    assert {step["name"] for step in steps} == {None}
    assert steps[0]["position"] == "ตำแหน่ง reporter"


def test_names_are_shown_where_the_office_says_so(item):
    from wagtail.models import Site

    from cms.publication.models import PublicSettings

    site = Site.objects.get(is_default_site=True)
    PublicSettings.objects.update_or_create(site=site, defaults={"show_signer_names": True})

    assert page(path="/news/flood/")["signOff"][0]["name"] == "reporter ตัวอย่าง"


def test_translation_is_linked_once_it_is_public(open_office, item):
    english = item.copy_for_translation(open_office.english)
    english.title = "Flood"
    english.save_revision(user=open_office.translator.user)
    assert page(path="/news/flood/")["translations"] == []

    open_office.show(english)
    assert page(path="/news/flood/")["translations"] == [
        {"locale": "EN", "path": "/en/news/flood/"}
    ]
