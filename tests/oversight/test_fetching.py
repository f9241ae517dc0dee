"""One address: does it answer, what is wrong, and what must never be asked."""

import socket
import time

import pytest

from cms.outgoing import connection
from cms.oversight import fetching
from cms.oversight.fetching import Outcome, ask
from cms.oversight.models import LinkCheck
from cms.oversight.pace import Pace
from tests.oversight.conftest import Site

State, Message = LinkCheck.State, LinkCheck.Message


def found(url: str) -> Outcome:
    return ask(url, Pace(0))


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_page_that_answers_is_asked_once_without_its_content(site: Site):
    assert found(f"{site.url}/200/") == (State.OK, 200, "")
    assert site.asked == [("HEAD", "/200/")]


def test_check_says_who_asks(site: Site, settings):
    settings.BASE_URL = "https://office.example"

    found(f"{site.url}/200/")

    assert site.agents == {"Prakat-link-check/1.0 (+https://office.example)"}


@pytest.mark.parametrize(
    ("status", "state", "message"),
    [
        (404, State.BROKEN, Message.MISSING),
        (410, State.BROKEN, Message.MISSING),
        (400, State.BROKEN, Message.REFUSED),
        (500, State.BROKEN, Message.SITE_FAULT),
        (503, State.BROKEN, Message.SITE_FAULT),
        (401, State.OK, Message.GUARDED),
        (403, State.OK, Message.GUARDED),
        (429, State.OK, Message.GUARDED),
    ],
)
def test_status_tells_the_state(site: Site, status, state, message):
    assert found(f"{site.url}/{status}/") == (state, status, message)


@pytest.mark.parametrize("name", ["no-head", "rude-head"])
def test_site_that_knows_no_head_is_asked_with_get(site: Site, name: str):
    assert found(f"{site.url}/{name}/").state == State.OK
    assert [method for method, _path in site.asked] == ["HEAD", "GET"]


def test_query_is_asked_for_too(site: Site):
    found(f"{site.url}/page/?id=7&lang=th")

    assert site.asked == [("HEAD", "/page/?id=7&lang=th")]


def test_redirects_are_followed(site: Site):
    site.redirects = {"/old/": "/older/", "/older/": f"{site.url}/new/"}

    assert found(f"{site.url}/old/") == (State.OK, 200, "")
    assert [path for _method, path in site.asked] == ["/old/", "/older/", "/new/"]


def test_redirect_to_what_is_missing_is_broken(site: Site):
    site.redirects = {"/old/": "/404/"}

    assert found(f"{site.url}/old/").message == Message.MISSING


def test_redirects_in_a_circle_end(site: Site):
    site.redirects = {"/a/": "/b/", "/b/": "/a/"}

    assert found(f"{site.url}/a/") == (State.UNREACHABLE, None, Message.REDIRECTS)


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)"]
)
def test_redirect_to_another_scheme_is_not_followed(site: Site, target: str):
    site.redirects = {"/a/": target}

    assert found(f"{site.url}/a/").message == Message.REDIRECTS


def test_unknown_name_is_unreachable(site: Site):
    assert found("http://nowhere.invalid/") == (State.UNREACHABLE, None, Message.NO_HOST)


def test_closed_port_is_unreachable(site: Site):
    outcome = found(f"http://127.0.0.1:{unused_port()}/")

    assert outcome == (State.UNREACHABLE, None, Message.NO_CONNECTION)


def test_answer_that_is_no_web_site_is_unreachable(site: Site):
    assert found(f"{site.url}/not-http/").message == Message.NOT_HTTP


def test_https_where_there_is_none_is_told(site: Site):
    outcome = found(f"https://127.0.0.1:{site.port}/")

    assert outcome == (State.UNREACHABLE, None, Message.CERTIFICATE)


def test_answer_that_drips_is_cut_off(site: Site, monkeypatch):
    monkeypatch.setattr(fetching, "DEADLINE", 0.3)
    before = time.monotonic()

    assert found(f"{site.url}/drip/").message == Message.TIMEOUT
    assert time.monotonic() - before < 5


def test_silent_site_is_given_up(site: Site, monkeypatch):
    monkeypatch.setattr(fetching, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        outcome = found(f"http://127.0.0.1:{silent.getsockname()[1]}/")

    assert outcome.message == Message.TIMEOUT


def test_endless_answer_is_left_unread(site: Site):
    assert found(f"{site.url}/huge/").state == State.OK
    assert site.sent < 20_000_000


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.8",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 (asked for, not bound)
        "224.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "[fd00::1]",
        "[2002:7f00:1::]",
        "2130706433",
        "0x7f000001",
    ],
)
def test_private_network_is_never_asked(site: Site, settings, host: str):
    settings.LINK_CHECK_PRIVATE_ADDRESSES = False

    assert found(f"http://{host}:{site.port}/200/").message in (Message.PRIVATE, Message.NO_HOST)
    assert site.asked == []


def test_redirect_into_a_private_network_is_not_followed(site: Site, settings, monkeypatch):
    real = connection.is_public
    monkeypatch.setattr(connection, "is_public", lambda address: address == "127.0.0.1")
    settings.LINK_CHECK_PRIVATE_ADDRESSES = False
    site.redirects = {"/a/": "http://10.0.0.8/secret/"}

    assert not real("127.0.0.1")
    assert found(f"{site.url}/a/") == (State.UNREACHABLE, None, Message.PRIVATE)


def test_name_with_one_private_address_is_refused(site: Site, settings, monkeypatch):
    settings.LINK_CHECK_PRIVATE_ADDRESSES = False
    both = [(0, 0, 0, "", (address, 80)) for address in ("93.184.215.14", "127.0.0.1")]
    monkeypatch.setattr(connection.socket, "getaddrinfo", lambda *args, **kwargs: both)

    assert found("http://two.example/").message == Message.PRIVATE


def test_one_site_is_not_asked_faster_than_agreed(site: Site):
    pace = Pace(0.2)
    for _time in range(3):
        ask(f"{site.url}/200/", pace)

    first, second, third = site.moments
    assert second - first >= 0.19
    assert third - second >= 0.19
