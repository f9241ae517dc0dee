"""What is for some readers only, and what the office keeps for itself: keys and webhooks.

To a reader without a key none of it exists: no page, no file, no count, no event.
"""

import datetime
import json
from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from cms.access.previews import make_link
from cms.access.private import make_access_token
from cms.engagement.case_events import CaseEvent
from cms.engagement.channels import Channel
from cms.oversight.models import Assessment, AssessmentItem, Framework
from cms.webhooks.models import Delivery, Endpoint
from pages.models import PlanPage, QuestionAnswerPage, SectionPage
from tests.api.leaks.world import Secrets
from tests.assessors.answering import address_of, answered, submitted, year_list
from tests.office import Office, document
from tests.publication.withdrawing import ask, confirm, latest
from tests.website.reading import block

Kind = PageViewRestriction
DAY = datetime.date(2026, 11, 1)


def restrict(page: Any, kind: str, secrets: Secrets) -> None:
    """Makes a page private in one of the three ways."""
    password = secrets.text("a password") if kind == Kind.PASSWORD else ""
    restriction = Kind.objects.create(page=page, restriction_type=kind, password=password)
    if kind == Kind.GROUPS:
        restriction.groups.add(Group.objects.create(name=secrets.text("a group of readers")))


def private_pages(office: Office, secrets: Secrets) -> None:
    """Pages that were private before anybody could read them, and what lies below one."""
    for kind in (Kind.PASSWORD, Kind.LOGIN, Kind.GROUPS):
        what = f"a private page ({kind})"
        page = secrets.draft(office, what)
        restrict(page, kind, secrets)
        secrets.named(office.show(page))
        secrets.named(office.show(office.edit(page, title=secrets.text(f"{what}, changed"))))
    section = office.section(
        office.home,
        title=secrets.text("a private section"),
        slug=secrets.text("a private section").replace(" ", "-"),
        summary=secrets.text("a private section"),
    )
    restrict(section, Kind.PASSWORD, secrets)
    _below(office, secrets.named(office.show(section)), secrets)


def _below(office: Office, section: SectionPage, secrets: Secrets) -> None:
    """What lies below a private section: versions, a move, a withdrawal, a translation, counts."""
    what = "what lies below a private page"
    item = secrets.named(office.show(secrets.draft(office, what, parent=section)))
    office.show(office.edit(item, slug=secrets.text(f"{what}, moved").replace(" ", "-")))
    gone = secrets.named(office.show(secrets.draft(office, what, parent=section)))
    reason = secrets.text("why a private page was withdrawn")
    confirm(office.publisher, ask(office.approver, latest(gone), reason))
    english = office.fresh(section).copy_for_translation(office.english)
    english.title = secrets.text("a translation of a private page")
    english.save_revision(user=office.translator.user)
    office.show(english)
    # A year, a kind of files and a topic that no public page has: they must not be counted.
    name = f"{secrets.text('a file of a private page').replace(' ', '-')}.csv"
    paper = json.dumps([block("document", document(b"a,b", name).pk)])
    plan = {"kind": "other", "fiscal_year": 2599, "attachments": paper}
    office.show(office.page(section, PlanPage, title=secrets.text(what), **plan))
    office.show(
        office.page(
            section,
            QuestionAnswerPage,
            title=secrets.text(what),
            topic=secrets.text("a topic of a private page"),
            question=secrets.text(what),
            answer=json.dumps([block("rich_text", f"<p>{secrets.text(what)}</p>")]),
            asked_on=DAY,
            answered_on=DAY,
        )
    )


def names_of_private_pages(office: Office, secrets: Secrets) -> None:
    """A public page that leads to a private one, and a page that was public before."""
    hidden = office.show(secrets.draft(office, "a page that became private"))
    link = f'<p>ดู<a linktype="page" id="{hidden.pk}">หน้า</a></p>'
    office.show(
        office.draft(
            title="ข่าวที่อ้างถึง",
            slug="leads",
            body=json.dumps([block("rich_text", link)]),
            related_pages=json.dumps([block("related_page", hidden.pk)]),
        )
    )
    assessment = year_list("O1", year=2564)
    answered(office, assessment, "O1", address_of(hidden))
    submitted(office, assessment)
    secrets.named(hidden)
    restrict(hidden, Kind.LOGIN, secrets)


def inner_matters(office: Office, secrets: Secrets) -> None:
    """Keys, front ends that are told of changes, own lists of assessments, today's cases."""
    user = office.reporter.user
    make_link(secrets.draft(office, "a draft with a key"), user)
    make_access_token(user, secrets.text("what a key is for"), datetime.timedelta(hours=1))
    address = secrets.text("the address of a webhook").split()[1]
    endpoint = Endpoint.objects.create(
        description=secrets.text("a webhook"),
        url=f"https://{address}.example.org/",
        secret=secrets.text("the secret of a webhook"),
    )
    Delivery.objects.create(
        endpoint=endpoint,
        message_id="msg_1",
        event_type="publication.published",
        about=secrets.text("a message of a webhook"),
        payload=json.dumps({"path": secrets.text("a message of a webhook")}),
    )
    what = "a list of an assessment that the office made for itself"
    own = Framework.objects.create(key="own", title_th=secrets.text(what))
    assessment = Assessment.objects.create(framework=own, fiscal_year=2569)
    AssessmentItem.objects.create(assessment=assessment, code="X1", title_th=secrets.text(what))
    for channel in (Channel.COMPLAINT, Channel.CORRUPTION):
        CaseEvent.objects.create(
            reference=secrets.text("the number of a case")[:20],
            channel=channel,
            kind=CaseEvent.Kind.RECEIVED,
        )
