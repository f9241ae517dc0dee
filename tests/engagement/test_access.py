"""Who sees which desk: its own people. Corruption complaints are unseen by everybody else."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client

from cms.engagement.channels import DESK_GROUPS, Channel
from cms.engagement.exports import export_queue
from cms.engagement.handling import add_note, assign, change_state, reply
from cms.engagement.models import Case, CaseEvent
from cms.engagement.permissions import handled_channels, handlers_of, visible_cases
from tests.admin import browser
from tests.engagement.desk import desk_url, handler
from tests.engagement.standing import PICTURE, Form, picture
from tests.office import Office

CHANNELS = [channel.value for channel in Channel]
WORDS = "ไฟถนนดับหน้าตลาด"


@pytest.fixture
def cases(open_office: Office) -> dict[str, Case]:
    """One case in each channel, with a file."""
    for channel in CHANNELS:
        Form(channel).send(files={PICTURE["id"]: [picture()]})
    return {case.channel: case for case in Case.objects.all()}


def addresses(case: Case) -> list[str]:
    """Everything that shows something of a case."""
    file = case.files.get()
    return [
        desk_url(case.channel),
        desk_url(case.channel, "index_results"),
        desk_url(case.channel, "case", case.reference),
        desk_url(case.channel, "file", case.reference, file.pk),
        desk_url(case.channel, "export", "csv"),
        desk_url(case.channel, "export", "xlsx"),
    ]


def answer(client: Client, url: str) -> tuple[int, bytes]:
    response = client.get(url)
    content = b"".join(response) if response.streaming else response.content
    return response.status_code, content


@pytest.mark.parametrize("channel", CHANNELS)
def test_desk_sees_its_own_cases_and_no_others(open_office: Office, cases: dict, channel: str):
    client = browser(handler(open_office, channel))

    for case in cases.values():
        for url in addresses(case):
            status, content = answer(client, url)
            assert status == (200 if case.channel == channel else 302), url
            assert bool(content) == (case.channel == channel)


def test_roles_of_the_sign_off_see_no_case(open_office: Office, cases: dict):
    for role in ("reporter", "approver", "executive", "publisher", "overseer", "administrator"):
        client = browser(getattr(open_office, role))
        for case in cases.values():
            assert {answer(client, url) for url in addresses(case)} == {(302, b"")}
        assert cases["question"].reference not in client.get("/admin/").content.decode()


def test_superuser_does_not_see_that_there_are_corruption_complaints(
    open_office: Office, cases: dict
):
    client, case = browser(open_office.root), cases["corruption"]

    for url in addresses(case):
        assert answer(client, url) == (302, b"")
    dashboard = client.get("/admin/").content.decode()
    statistics = client.get(desk_url("statistics")).content.decode()
    assert desk_url("corruption") not in dashboard
    assert desk_url("question") in dashboard
    assert "corruption" not in statistics.lower()
    assert case not in visible_cases(open_office.root.user)


def test_superuser_in_the_group_sees_them(open_office: Office, cases: dict):
    open_office.root.user.groups.add(Group.objects.get(name=DESK_GROUPS[Channel.CORRUPTION]))
    client = browser(open_office.root)

    for url in addresses(cases["corruption"]):
        assert answer(client, url)[0] == 200


def test_deactivated_member_handles_nothing(open_office: Office):
    user = handler(open_office, "corruption").user
    user.is_active = False
    user.save()

    assert handled_channels(user) == []
    assert user not in handlers_of("corruption")


def test_case_is_not_found_at_another_desk(open_office: Office, cases: dict):
    clerk = handler(open_office, "question")
    handler(open_office, "complaint", clerk.user.username)

    url = desk_url("question", "case", cases["complaint"].reference)
    assert browser(clerk).get(url).status_code == 404


def test_file_is_not_found_at_another_case(open_office: Office, cases: dict):
    client = browser(handler(open_office, "question"))
    foreign = cases["corruption"].files.get()

    url = desk_url("question", "file", cases["question"].reference, foreign.pk)
    assert client.get(url).status_code == 404


def test_acts_check_the_person_themselves(open_office: Office, cases: dict):
    case = cases["corruption"]
    before = list(Case.objects.filter(pk=case.pk).values())
    acts: list[Callable] = [
        lambda user: assign(case, user, user),
        lambda user: change_state(case, user, "review"),
        lambda user: reply(case, user, "คำตอบ"),
        lambda user: add_note(case, user, "บันทึก"),
        lambda user: export_queue(Case.objects.all(), Channel.CORRUPTION, user, "csv"),
    ]

    for user in (open_office.root.user, handler(open_office, "complaint").user):
        for act in acts:
            with pytest.raises(PermissionDenied):
                act(user)

    assert list(Case.objects.filter(pk=case.pk).values()) == before
    assert CaseEvent.objects.filter(channel="corruption").count() == 1


def test_case_is_not_assigned_to_somebody_of_another_desk(open_office: Office, cases: dict):
    clerk, stranger = handler(open_office, "corruption"), handler(open_office, "complaint")

    with pytest.raises(PermissionDenied):
        assign(cases["corruption"], clerk.user, stranger.user)


def test_hand_made_request_of_a_stranger_changes_nothing(open_office: Office, cases: dict):
    case = cases["corruption"]
    client = browser(open_office.root)

    client.post(
        desk_url("corruption", "case", case.reference),
        {"act": "reply", "text": "x", "state": "answered"},
    )

    case.refresh_from_db()
    assert (case.state, case.answer) == ("new", "")


def test_files_of_cases_are_not_among_the_files_of_all_staff(open_office: Office, cases: dict):
    name = cases["question"].files.get().storage_name

    for client in (Client(), browser(open_office.reporter), browser(open_office.root)):
        for prefix in ("/admin/media/", "/admin/media/../cases/", "/files/", "/media/"):
            assert client.get(f"{prefix}{name}").status_code in (302, 400, 404)


def test_nothing_of_a_case_is_public(open_office: Office, cases: dict, client: Client):
    case = cases["question"]
    secrets = [case.reference, case.receipt_token, WORDS, "สมหญิง"]
    pages = [
        "/th/",
        "/en/",
        "/th/news/",
        "/sitemap.xml",
        "/th/feeds/news.rss",
        "/graphql/news/?locale=TH",
        "/graphql/?query={__schema{types{name,fields{name}}}}",
    ]

    for url in pages:
        content = client.get(url).content.decode()
        assert not [secret for secret in secrets if secret in content], url
        assert "receiptToken" not in content
