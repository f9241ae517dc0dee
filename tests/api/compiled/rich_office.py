"""An office with something of everything: what compiled operations must answer as graphene does."""

import datetime

from django.utils import timezone

from cms.publication.models import Publication
from pages.models import WebLink
from tests.alerts.alerting import released
from tests.api.test_agency import publish_post
from tests.api.test_knowledge import law
from tests.api.test_participation import answer, event, hearing, result
from tests.office import Office, document, image
from tests.snapshot.drafts import Media, block_versions, stream

PATHS = [
    "/",
    "/news/",
    "/news/rich-0/",
    "/news/rich-1/",
    "/news/old/",
    "/news/new/",
    "/news/gone/",
    "/news/later/",
    "/news/draft/",
    "/news/below/",
    "/nowhere/",
]


def fill(office: Office) -> None:
    """Adds news in both languages, records, an alert, and items that are not public."""
    for number in range(3):
        _rich(office, number)
    _not_public(office)
    event(office, 1)
    answer(office, "ภาษี")
    result(office, hearing(office))
    law(office, "กฎหมาย", effective_on="2000-01-01")
    publish_post(office, 3)
    office.show(office.section(office.news, title="ย่อย", slug="below"))
    office.show(office.record(WebLink, title="ลิงก์", kind="external", url="https://e.go.th"))
    released(office)


def _rich(office: Office, number: int) -> None:
    department = office.show(office.department(title=f"กอง {number}", telephone="0 2123"))
    pdf = document(f"%PDF {number}".encode(), f"paper-{number}.pdf")
    link = f'<p>อ่าน <a linktype="page" id="{office.news.pk}">ข่าว</a> &amp; <b>ต่อ</b></p>'
    file = f'<p><a linktype="document" id="{pdf.pk}">แฟ้ม</a><br/>x</p>'
    versions = {kind: values[0] for kind, values in block_versions(Media()).items()}
    versions["statistics"]["chart"] = "none"  # its table holds no numbers
    every_kind = list(versions.items())
    body = [*every_kind, ("rich_text", file)]
    if number:
        body += [("rich_text", link), ("call_out", {"tone": "info", "title": "", "message": link})]
    picture = image(["red", "green", "blue"][number])
    page = office.draft(
        slug=f"rich-{number}",
        title=f'ข่าว "{number}" <&> \\',
        summary="บรรทัดแรก\nบรรทัดที่สอง",
        department=department,
        lead_image=picture,
        kind=["general", "announcement", "activity"][number],
        is_urgent=False,
        official_information=["s7-1"] if number else [],
        attachments=stream(("document", pdf.pk)),
        related_pages=stream(("related_page", office.news.pk)),
    )
    office.edit(page, body=stream(*body))
    page = office.show(page)
    if number < 2:
        english = office.fresh(page).copy_for_translation(office.english)
        english.title = f"News {number}"
        english.save_revision(user=office.translator.user)
        office.show(english)
    if number == 1:  # the original changes beside its translation
        office.show(office.edit(page, title="ข่าวที่แก้แล้ว", correction_note="แก้ชื่อ"))


def _not_public(office: Office) -> None:
    office.draft(slug="draft", title="ร่างลับ")
    moved = office.show(office.draft(slug="old", title="ย้าย"))
    office.show(office.edit(moved, slug="new"))
    gone = office.show(office.draft(slug="gone", title="ถอนแล้ว"))
    row = Publication.objects.get(subject=gone.translation_key)
    office.publisher.confirm_withdrawal(office.approver.request_withdrawal(row, "ผิดพลาด"))
    later = timezone.now() + datetime.timedelta(days=5)
    office.show(office.draft(slug="later", title="ยังไม่ถึงเวลา", go_live_at=later))
