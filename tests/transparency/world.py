"""A small office in which every state of a duty is, beside questions and complaints."""

import datetime
from typing import Any

from django.utils import timezone

from cms.engagement.cases import Case
from cms.engagement.channels import State
from cms.engagement.handling import reply
from cms.oversight.models import LinkCheck
from pages.models import PlanPage
from tests.engagement.desk import handler
from tests.engagement.standing import Form
from tests.office import Office
from tests.oversight.duties import owe, show
from tests.publication.withdrawing import latest
from tests.website.reading import in_english

DAY = datetime.timedelta(days=1)


class World:
    """The office on 10 January to come, so that no fiscal year ends while its days pass.

    `pass_days` moves the clock. What stands where is said beside each line of `owe_everything`.
    """

    def __init__(self, office: Office, monkeypatch: Any) -> None:
        self.office, self._patch = office, monkeypatch
        self.first_day = datetime.date(timezone.localdate().year + 1, 1, 10)
        noon = datetime.datetime.combine(self.first_day, datetime.time(12))
        self.now = timezone.make_aware(noon)
        self.fiscal_year = self.first_day.year + 543
        self.pass_days(0)

    def pass_days(self, number: int) -> datetime.date:
        """Returns the new day."""
        self.now += number * DAY
        now = self.now
        self._patch.setattr(timezone, "now", lambda: now)
        return timezone.localdate()

    def owe_everything(self) -> None:
        """The first day: nothing is shown yet."""
        office = self.office
        self.finance = office.show(office.department(title="กองคลัง", sort_order=1))
        self.works = office.show(office.department(title="กองช่าง", sort_order=2))
        self.money = owe(office, "1", title="การเงิน", responsible_division=self.finance)
        self.roads = owe(office, "2", title="ถนน", responsible_division=self.works)
        both = {"languages": ["th", "en"]}
        owe(office, "1.1", parent=self.money)  # missing
        self.half = owe(office, "1.2", parent=self.money, **both)  # English is missing
        self.late = owe(office, "1.3", parent=self.money, review_months=1)  # overdue
        self.soon = owe(office, "1.4", parent=self.money, review_months=2)  # due
        self.good = owe(office, "2.1", parent=self.roads)  # fresh
        self.behind = owe(office, "2.2", parent=self.roads, **both)  # English outdated
        self.broken = owe(office, "2.3", parent=self.roads)  # a link does not answer
        self.signing = owe(office, "2.4", parent=self.roads)  # in sign-off: missing in public
        self.plan = owe(  # two years, of which one is shown; of no division
            office, "3", period="fiscal-year", first_fiscal_year=self.fiscal_year - 1
        )

        chapters = (self.money, self.roads, self.plan)
        self.chapters = {item.code: str(item.translation_key) for item in chapters}

    def show_everything(self) -> None:
        """What is public is public from this day on."""
        office = self.office
        for item in (self.half, self.late, self.soon, self.good):
            show(office, item)
        page = show(office, self.behind, title="ฉบับแรก")
        in_english(office, page, "First version")
        self.page_behind = page
        check = LinkCheck.objects.create(url="https://example.org/", failing_since=timezone.now())
        check.publications.add(latest(show(office, self.broken)))
        office.reporter.submit(office.draft(disclosure_item=self.signing))
        year = {"kind": "other", "fiscal_year": self.fiscal_year}
        office.show(
            office.page(office.news, PlanPage, title="แผน", disclosure_item=self.plan, **year)
        )

    def change_the_original(self) -> None:
        """The English of 2.2 is outdated from now on."""
        self.office.show(self.office.edit(self.page_behind, title="ฉบับที่สอง"))

    # --- citizens --------------------------------------------------------------------------------

    def open_desks(self) -> None:
        """Forms for questions, complaints and corruption complaints."""
        self.forms = {one: Form(one) for one in ("question", "complaint", "corruption")}

    def write(self, channel: str) -> Case:
        """A citizen sends something."""
        self.forms[channel].send()
        return Case.objects.latest("pk")

    def answer(self, case: Case, state: str = State.ANSWERED) -> None:
        """The desk answers."""
        reply(case, handler(self.office, case.channel).user, "คำตอบ", state)
