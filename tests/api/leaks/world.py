"""An office with public content, and with every kind of content that nobody may read.

Each secret text holds two words. The one that begins with `ask` is given to the prover, which
puts it into every argument; the one that begins with `tell` must never come back.
"""

import datetime
import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import timezone

from cms.accounts.models import User
from cms.oversight.models import Assessment
from cms.publication.models import Publication
from cms.snapshot.snapshot import latest_snapshot
from pages.models import Banner, LawPage, NewsPage, QuestionAnswerPage
from tests.assessors.answering import address_of, answered, submitted, year_list
from tests.engagement.standing import NAME, WORDS, Form
from tests.office import Office, document, image
from tests.publication.withdrawing import ask, latest, withdraw
from tests.website.reading import block

HOUR = datetime.timedelta(hours=1)
_numbers = itertools.count(1)


@dataclass
class Secrets:
    """What is hidden: words to ask with, words that must not be told, and names of the hidden."""

    asked: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)

    def text(self, what: str) -> str:
        """A text of two words that belong to one secret."""
        number = next(_numbers)
        self.asked.append(f"askzq{number:03}")
        self.told[f"tellzq{number:03}"] = what
        return f"askzq{number:03} tellzq{number:03}"

    def named(self, item: Any) -> Any:
        """Notes the ids, paths and hashes of a hidden item as things to ask for."""
        snapshot = latest_snapshot(Office.fresh(item))
        locale = item.locale.language_code
        self.asked += [f"{item.translation_key}:{locale}", snapshot.content_hash]
        self.asked += list(snapshot.data["files"])
        if slug := getattr(item, "slug", ""):
            self.asked += [f"/news/{slug}/", f"/{locale}/news/{slug}/"]
        for row in Publication.objects.filter(subject=item.translation_key):
            self.asked += [row.address.short_id, f"{row.address.short_id}-{row.sequence}"]
        return item

    def draft(self, office: Office, what: str, file_name: str = "", **fields: Any) -> Any:
        """A draft item of news, secret in every field."""
        name = file_name or f"{self.text(what).replace(' ', '-')}.pdf"
        file = document(self.text(what).encode(), name)
        return office.draft(
            **{
                "title": self.text(what),
                "slug": f"{self.text(what).replace(' ', '-')}",
                "summary": self.text(what),
                "lead_image": image(color="purple", size=(300, 200)),
                "lead_image_alt": self.text(what),
                "body": json.dumps([block("rich_text", f"<p>{self.text(what)}</p>")]),
                "attachments": json.dumps([block("document", file.pk)]),
                **fields,
            }
        )


def public_world(office: Office, secrets: Secrets) -> Form:
    """What everybody may read: several types, both languages, versions, a note of withdrawal.

    Its signers' names are secret. Returns a form, for citizens to fill in.
    """
    User.objects.filter(pk=office.approver.user.pk).update(
        last_name=secrets.text("a signer's name"),
        email=f"{secrets.text('an address').split()[1]}@example.org",
    )
    office.approver.user.refresh_from_db()
    division = office.show(office.department(title="กองช่าง"))
    link = f'<p>ดู<a linktype="page" id="{office.news.pk}">ข่าว</a></p>'
    paper = document(b"public", "public.pdf")
    page = office.show(
        office.draft(
            title="ข่าวสาธารณะ",
            slug="public",
            summary="สรุปสาธารณะ",
            department=division,
            posted_on=datetime.date(2026, 11, 20),
            lead_image=image(color="gold", size=(300, 200)),
            lead_image_alt="ภาพสาธารณะ",
            body=json.dumps([block("rich_text", link), block("heading", "หัวข้อ")]),
            attachments=json.dumps([block("document", paper.pk)]),
        )
    )
    english = page.copy_for_translation(office.english)
    english.title = "Public news"
    english.save_revision(user=office.translator.user)
    office.show(english)
    office.show(office.edit(page, summary="สรุปฉบับแก้ไข"))
    office.show(
        office.page(office.home, LawPage, title="ข้อบัญญัติ", kind="local-ordinance", source="สภา")
    )
    office.show(
        office.page(
            office.home,
            QuestionAnswerPage,
            topic="ภาษี",
            question="เมื่อใด",
            answer=json.dumps([block("rich_text", "<p>พรุ่งนี้</p>")]),
            asked_on=datetime.date(2026, 11, 1),
            answered_on=datetime.date(2026, 11, 2),
        )
    )
    withdraw(office, office.show(office.draft(title="ข่าวที่ถอน", slug="withdrawn")))
    assessment = year_list("O1")
    answered(office, assessment, "O1", address_of(page), "https://example.org/", th="สาธารณะ")
    submitted(office, assessment, office.approver)  # whose name is secret
    return Form("question", title="ถามเจ้าหน้าที่")


def invisible_world(office: Office, form: Form, secrets: Secrets) -> None:
    """What must be as if it did not exist: drafts, what is to begin, what people wrote."""
    secrets.named(secrets.draft(office, "a draft"))
    public = Publication.objects.effective().get(title="ข่าวสาธารณะ")
    page = NewsPage.objects.get(translation_key=public.subject, locale=office.thai)
    office.edit(page, title=secrets.text("a newer draft"), summary=secrets.text("a newer draft"))
    signing = secrets.draft(office, "an item in sign-off", benefits=secrets.text("an assessment"))
    office.reporter.submit(signing)
    office.reporter.sign(signing, comment=secrets.text("a signer's comment"))
    secrets.named(signing)
    start = (timezone.now() + HOUR).replace(microsecond=0)
    future = secrets.draft(office, "what is to begin", go_live_at=start)
    secrets.named(office.show(future))
    never = secrets.draft(office, "what was withdrawn before it began", go_live_at=start)
    note = withdraw(office, office.show(never))
    secrets.asked += [note.address.short_id, f"/news/{never.slug}/"]
    office.record(
        Banner,
        title=secrets.text("a draft record"),
        image=image(color="pink", size=(300, 200)),
        image_alt=secrets.text("a draft record"),
        link_url="https://example.org/",
    )
    office.department(title=secrets.text("a draft division"))
    for assessment in (Assessment.objects.get(fiscal_year=2566), year_list("O1", year=2567)):
        what = secrets.text("an answer that was not submitted")
        address = f"https://{what.split()[1]}.example.org/"
        answered(office, assessment, "O1", address, th=what, en=what)
    ask(office.approver, public, reason=secrets.text("a withdrawal that one person signed"))
    answers = {
        NAME["id"]: secrets.text("a citizen's name"),
        WORDS["id"]: secrets.text("a citizen's words"),
    }
    form.send(form.typed(**answers))


def ended_world(office: Office, secrets: Secrets) -> None:
    """What was public and is not: its title and the reason stay, nothing else does."""
    # Who has a file may ask what it was: the name is told, unless its page was withdrawn.
    over = secrets.draft(office, "what is over", "over.pdf", title="หมดเวลา", slug="over")
    expired = office.show(over)
    rows = Publication.objects.filter(pk=latest(expired).pk)
    rows.update(effective_until=F("effective_from") + datetime.timedelta(milliseconds=1))
    secrets.named(expired)
    gone = office.show(secrets.draft(office, "what was withdrawn", title="ถอนแล้ว", slug="gone"))
    secrets.named(gone)
    withdraw(office, gone)
    what = {"title": "หลักฐานที่ถอน", "slug": "gone-proof"}
    proof = office.show(secrets.draft(office, "evidence that was withdrawn", **what))
    assessment = year_list("O1", year=2565)
    answered(office, assessment, "O1", address_of(proof))
    submitted(office, assessment)
    withdraw(office, secrets.named(proof))
