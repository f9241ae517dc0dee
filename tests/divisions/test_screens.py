"""The administrator's screens, and the report of who may sign today."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.divisions.models import Appointment, Membership
from cms.engagement.drafts import sections_for
from tests.admin import browser
from tests.divided import Divisions
from tests.engagement.desk import handler
from tests.office import Office

DAY = datetime.timedelta(days=1)


def written(day: datetime.date) -> str:
    return day.isoformat()


def membership_of(divisions: Divisions) -> Membership:
    return Membership.objects.get(user=divisions.finance_reporter.user)


def test_administrator_adds_a_member(divisions: Divisions):
    newcomer = divisions.office.clerk("newcomer", "reporter", everywhere=False)
    data = {
        "user": newcomer.user.pk,
        "department": divisions.finance.pk,
        "since": written(timezone.localdate()),
        "until": "",
    }

    browser(divisions.office.administrator).post(reverse("memberships:add"), data)

    assert membership_of(divisions).department == divisions.finance
    member = Membership.objects.get(user=newcomer.user)
    assert member.department == divisions.finance
    entry = ModelLogEntry.objects.filter(object_id=str(member.pk), action="wagtail.create")
    assert entry.get().user == divisions.office.administrator.user


def test_administrator_appoints(divisions: Divisions):
    today = timezone.localdate()
    data = {
        "user": divisions.works_head.user.pk,
        "kind": "acting",
        "for_role": "approver",
        "department": divisions.finance.pk,
        "post_title": "ผู้อำนวยการกองคลัง",
        "order_number": "12/2570",
        "since": written(today),
        "until": written(today + 7 * DAY),
    }
    client = browser(divisions.office.administrator)
    url = reverse("appointments:add")

    response = client.post(url, {**data, "order_number": ""})
    assert response.context["form"].errors["order_number"]
    response = client.post(url, {**data, "until": "31/01/2570", "since": "2570-01-01"})
    assert response.context["form"].errors["since"]
    client.post(url, data)

    assert Appointment.objects.get().order_number == "12/2570"


@pytest.mark.parametrize("name", ["reporter", "approver", "publisher", "executive", "overseer"])
def test_nobody_else_opens_these_screens(divisions: Divisions, name: str):
    client = browser(getattr(divisions.office, name))
    count = Membership.objects.count()

    for screen in ("memberships", "appointments"):
        assert client.get(reverse(f"{screen}:index")).status_code == 302
        assert client.get(reverse(f"{screen}:add")).status_code == 302
    client.post(reverse("memberships:add"), {"user": 1, "since": "2026-01-01"})
    term = membership_of(divisions)
    client.post(reverse("memberships:edit", args=[term.pk]), {"until": "2030-01-01"})

    assert Membership.objects.count() == count
    assert membership_of(divisions).until is None


def test_form_changes_the_last_day_and_nothing_else(divisions: Divisions):
    term = membership_of(divisions)
    last_day = timezone.localdate() + DAY
    data = {
        "user": divisions.works_head.user.pk,
        "department": divisions.works.pk,
        "is_head": "on",
        "since": "2021-01-01",
        "until": written(last_day),
    }

    url = reverse("memberships:edit", args=[term.pk])
    browser(divisions.office.administrator).post(url, data)

    term.refresh_from_db()
    assert term.until == last_day
    assert (term.department, term.is_head) == (divisions.finance, False)


def test_deleting_what_has_begun_is_refused(divisions: Divisions):
    term = membership_of(divisions)

    url = reverse("memberships:delete", args=[term.pk])
    response = browser(divisions.office.administrator).post(url)

    assert response.url == reverse("memberships:edit", args=[term.pk])
    assert Membership.objects.filter(pk=term.pk).exists()


def test_list_filters_by_division_and_by_force(divisions: Divisions):
    office, today = divisions.office, timezone.localdate()
    former = office.clerk("former", "reporter", everywhere=False)
    office.join(former.user, divisions.finance, until=today - 9 * DAY)
    client, url = browser(office.administrator), reverse("memberships:index")

    def found(**query) -> set[str]:
        rows = client.get(url, query).context["object_list"]
        return {term.user.username for term in rows}

    assert found(department=divisions.finance.pk, state="over") == {"former"}
    assert found(department=divisions.finance.pk, state="now") == {
        "finance-reporter",
        "finance-head",
    }
    assert found(department=divisions.finance.pk, state="later") == set()


def test_lists_cost_the_same_for_many_entries(divisions: Divisions):
    office = divisions.office
    client = browser(office.administrator)
    office.appoint(divisions.finance_head, divisions.works)
    costs = []
    for number in range(2):
        for other in range(4 * number):
            clerk = office.member(f"member-{other}", divisions.finance)
            office.appoint(clerk, divisions.works)
        for name in ("memberships:index", "appointments:index", "signers_today"):
            client.get(reverse(name))
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse(name))
            costs.append(len(captured))

    assert costs[:3] == costs[3:]


def test_report_names_who_may_sign_today(divisions: Divisions):
    office = divisions.office
    office.appoint(divisions.works_head, divisions.finance)
    office.appoint(
        divisions.works_reporter,
        divisions.finance,
        order_number="99/2560",
        since=timezone.localdate() - 9 * DAY,
        until=timezone.localdate() - DAY,
    )

    html = browser(office.reporter).get(reverse("signers_today")).content.decode()

    for name in ("finance-head", "works-head", "publisher", "executive"):
        assert f"{name} ตัวอย่าง" in html
    assert "12/2570" in html
    assert "99/2560" not in html


def test_desk_without_a_membership_drafts_nothing(open_office: Office):
    clerk = handler(open_office, "question", "newcomer")
    clerk.user.memberships.all()._raw_delete("default")
    fresh = type(clerk.user).objects.get(pk=clerk.user.pk)

    assert not sections_for(fresh, "th").exists()
