"""The public site in a browser: phone and desk, Thai and English."""

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.desk import Server

pytestmark = pytest.mark.e2e

WIDTHS = (390, 1280)
PATHS = [
    "/th/",
    "/en/",
    "/th/agency/",
    "/en/services/",
    "/th/participation/news/",
    "/en/participation/news/",
    "/th/participation/news/flood-warning/",
    "/en/participation/news/flood-warning/",
    "/th/participation/news/waste-sorting-report-2569/",
    "/en/participation/news/waste-sorting-report-2569/",
    "/th/services/citizen-manuals/building-permit/",
    "/en/services/e-services/tax/",
    "/th/services/e-forms/job-application/",
    "/en/participation/interaction/report-corruption/",
    "/th/status/",
    "/th/no-such-page/",
]


@pytest.fixture(params=WIDTHS)
def visitor(request: pytest.FixtureRequest, browser: Browser) -> Page:
    """A reader's window, 390 or 1280 pixels wide, that fails the test on any script error."""
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_overflows_sideways(server: Server, visitor: Page, path: str):
    visitor.goto(server.url + path)

    widths = visitor.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]


def test_skip_link_is_the_first_stop(server: Server, visitor: Page):
    visitor.goto(server.url + "/th/participation/news/")
    visitor.keyboard.press("Tab")

    target = visitor.evaluate("document.activeElement.getAttribute('href')")
    assert target.startswith("#")
    assert visitor.locator(target).count() == 1


def test_language_switch_leads_to_the_same_item(server: Server, visitor: Page):
    visitor.goto(server.url + "/th/participation/news/flood-warning/")
    visitor.locator("header a[hreflang=en]").click()

    assert visitor.url.endswith("/en/participation/news/flood-warning/")
    assert visitor.locator("html").get_attribute("lang") == "en"


def test_video_is_loaded_only_by_consent(server: Server, visitor: Page):
    visitor.goto(server.url + "/th/participation/news/waste-sorting-report-2569/")
    if visitor.locator("iframe").count():
        pytest.fail("a player was loaded before anybody agreed")
    foreign = visitor.evaluate(
        "performance.getEntriesByType('resource').map(e => e.name)"
        ".filter(name => !name.startsWith(location.origin))"
    )

    assert foreign == []


def test_every_image_has_an_alternative_text(server: Server, visitor: Page):
    visitor.goto(server.url + "/th/participation/news/waste-sorting-report-2569/")

    assert visitor.locator("img:not([alt])").count() == 0
    assert visitor.locator("main img").count() > 0


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/th/participation/news/public-hearing/", 200),
        ("/th/participation/news/land-tax-register-2570/", 404),
        ("/th/participation/news/procurement-plan-2570/", 410),
        ("/th/participation/news/new-year-hours-2570/", 404),
        ("/th/no-such-page/", 404),
    ],
    ids=["root", "moved", "draft", "withdrawn", "scheduled", "nothing"],
)
def test_state_of_the_demonstration_shows(server: Server, visitor: Page, path: str, status: int):
    response = visitor.goto(server.url + path)

    assert response is not None
    assert response.status == status
