"""The request form: its fields in their order, signed or left open, readable by machines."""

import json

import pytest
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.evidence.request_form import form_of_draft, form_of_publication
from cms.signoff.roles import ORDINARY_PATH, Role
from cms.thai.dates import format_date
from cms.thai.digits import to_thai_digits
from tests.evidence.papers import codes_in, draft_form_of, form_of, is_tagged, text_of
from tests.office import Office, document
from tests.publication.withdrawing import latest, withdraw
from tests.thai.pdf_reading import READERS, page_texts
from tests.website.reading import block, published, urgent

TITLE = "ประกาศ อบต. เรื่อง น้ำดื่มปู่ย่าที่ตำบลกุฏิ"


@pytest.mark.parametrize("read", READERS)
def test_thai_text_comes_back_whole(open_office: Office, read):
    page = published(open_office, title=TITLE, summary="สรุปว่า น้ำใจคนตำบลนี้ดีทั้งนั้น")

    text = " ".join(read(form_of(page)).split())

    for part in (TITLE, "น้ำใจคนตำบลนี้ดีทั้งนั้น", settings.SITE_NAME_TH):
        assert part in text


def test_fields_stand_in_the_order_of_the_form(open_office: Office):
    page = published(open_office, title="หัวข้อข่าว", summary="เนื้อความโดยสรุป")

    text = text_of(form_of(page, "en"))
    labels = ["Name of the agency", "Day/month/year", "Topic", "Details of the information"]
    labels += ["External links", "Remarks", "Person responsible for the information"]
    labels += ["Approved and certified by", "Person responsible for publishing"]
    places = [text.index(label) for label in labels]
    assert places == sorted(places)


def test_signed_places_name_signer_position_and_buddhist_date(open_office: Office):
    page = published(open_office)
    signature = form_of_publication(latest(page)).first_signature

    text = text_of(form_of(page))
    assert f"({signature.full_name})" in text
    assert signature.position in text
    year = to_thai_digits(format_date(signature.signed_at, "th", "Y"))
    assert year in text
    assert to_thai_digits(format_date(signature.signed_at, "th", "j")) in text


def test_english_form_has_common_era_and_arabic_digits(open_office: Office):
    page = published(open_office)
    signature = form_of_publication(latest(page)).first_signature

    assert format_date(signature.signed_at, "en", "Y") in text_of(form_of(page, "en"))


def test_draft_leaves_every_place_open(open_office: Office):
    page = open_office.draft()

    form = form_of_draft(page)
    assert [block.role for block in form.blocks] == [Role.REPORTER, Role.APPROVER, Role.PUBLISHER]
    assert not any(block.signature for block in form.blocks)
    assert open_office.reporter.user.get_full_name() not in text_of(
        draft_form_of(open_office, page)
    )


def test_item_being_signed_shows_who_signed_so_far(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)

    form = form_of_draft(open_office.fresh(page))
    assert [bool(block.signature) for block in form.blocks] == [True, False, False]
    text = text_of(draft_form_of(open_office, page))
    assert open_office.reporter.user.get_full_name() in text
    assert open_office.approver.user.get_full_name() not in text


def test_changed_draft_shows_no_signature(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.edit(page, title="เปลี่ยนแล้ว")

    form = form_of_draft(open_office.fresh(page))
    assert not any(block.signature for block in form.blocks)


def test_urgent_item_has_a_place_for_the_executive(open_office: Office):
    form = form_of_draft(open_office.draft(**urgent()))

    assert [block.role for block in form.blocks] == ORDINARY_PATH


def test_confirmed_statements_stand_on_it(open_office: Office):
    page = published(open_office)
    form = form_of_publication(latest(page))

    text = text_of(form_of(page))
    for block_ in form.blocks:
        for statement in block_.statements:
            for word in to_thai_digits(statement).split():  # a page may end between two
                assert word[:10] in text


def test_hash_stands_in_full_and_the_qr_code_leads_to_its_page(open_office: Office):
    page = published(open_office)
    content_hash = latest(page).content_hash
    content = form_of(page)

    assert content_hash in text_of(content).replace(" ", "")
    assert codes_in(content) == [f"{settings.BASE_URL}/th/verify/{content_hash}/"]


def test_english_qr_code_leads_to_the_english_page(open_office: Office):
    page = published(open_office)

    assert "/en/verify/" in codes_in(form_of(page, "en"))[0]


def test_files_are_listed_with_size_and_hash(open_office: Office):
    file = document(b"%PDF-1.4 plan", "แผนพัฒนา.pdf")
    attached = json.dumps([block("document", file.pk)])
    page = open_office.show(open_office.edit(open_office.draft(), attachments=attached))
    ((sha256, described),) = latest(page).data["files"].items()

    text = text_of(form_of(page))
    assert described["filename"] in text
    assert f"sha256:{sha256[:12]}" in text


def test_links_to_other_sites_are_listed_and_own_ones_are_not(open_office: Office):
    own = f"{settings.BASE_URL}/th/news/"
    html = f'<p>ดู <a href="https://example.org/?a=1&amp;b=2">ที่นี่</a> <a href="{own}">ข่าว</a></p>'
    page = published(open_office, block("rich_text", html))

    form = form_of_publication(latest(page))
    assert form.external_links == ["https://example.org/?a=1&b=2"]


def test_without_a_summary_the_text_begins_the_details(open_office: Office):
    page = published(open_office, block("rich_text", "<p>เนื้อความ <b>ยาว</b></p>"), summary="")

    assert "เนื้อความ ยาว" in form_of_publication(latest(page)).summary


def test_record_without_a_page_has_a_form(open_office: Office):
    department = open_office.show(open_office.department(title="กองช่าง"))

    assert "กองช่าง" in text_of(form_of(department))


def test_versions_are_counted(open_office: Office):
    page = published(open_office)
    page = open_office.show(open_office.edit(page, title="ฉบับแก้ไข"))

    assert form_of_publication(latest(page)).version == 2


def test_footer_tells_when_it_was_printed(open_office: Office):
    text = text_of(form_of(published(open_office), "en"))

    with override("en"):
        assert _("Printed on %(moment)s").split("%")[0] in text


def test_long_form_has_several_pages_and_is_tagged(open_office: Office):
    paragraphs = "".join(
        f"<p>ย่อหน้าที่ {number} https://example.org/{number}</p>" for number in range(60)
    )
    page = published(open_office, block("rich_text", paragraphs), summary="สรุป " * 90)
    content = form_of(page)

    assert len(page_texts(content)) > 1
    assert is_tagged(content)


def test_draft_that_says_what_is_public_has_the_form_of_that(open_office: Office):
    page = published(open_office)

    assert form_of_draft(open_office.fresh(page)).publication == latest(page)
    page = open_office.edit(page, title="อื่น")
    assert form_of_draft(page).publication is None


def test_withdrawal_has_no_form(open_office: Office):
    page = published(open_office)
    withdraw(open_office, page)

    with pytest.raises(ValueError):
        form_of_publication(latest(page))
