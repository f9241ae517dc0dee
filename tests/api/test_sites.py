"""Several sites in one installation: by the request's host, or by argument."""

import pytest
from wagtail.models import Page, Site

from cms.publication.models import Address, Publication
from cms.publication.sites import forget_sites
from cms.publication.verify import verify_publications
from content_api.caching import memory
from pages.models import HomePage
from tests.api.ask import ask, ask_for_result
from tests.office import Office

PAGES = "query ($site: String) { pages(site: $site) { nodes { title path } } }"
PAGE = """query ($path: String!, $site: String) {
  page(path: $path, site: $site) { ... on Page { title breadcrumbs { title } } }
}"""


@pytest.fixture
def clinic(open_office: Office):
    """A second site with a front page and a section at the paths of the first one."""
    home = HomePage(title="หน้าแรกคลินิก", slug="clinic", locale=open_office.thai, live=False)
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision(user=open_office.reporter.user)
    home = open_office.show(home)
    site = Site.objects.create(hostname="clinic.test", root_page=home, site_name="Clinic")
    open_office.show(open_office.section(home, title="ข่าวคลินิก", slug="news", listing="news"))
    memory.clear()
    yield site
    memory.clear()
    forget_sites()


def titles(**variables) -> list[str]:
    return sorted(node["title"] for node in ask(PAGES, **variables)["pages"]["nodes"])


def test_two_pages_stand_at_one_path(clinic):
    assert Address.objects.filter(path="/news/", locale="th").count() == 2


def test_default_site_does_not_show_the_other(clinic):
    assert "ข่าวคลินิก" not in titles()
    assert ask(PAGE, path="/news/")["page"]["title"] == "ข่าว"


@pytest.mark.parametrize("name", ["clinic.test", "CLINIC.test:8000"])
def test_argument_names_the_site(clinic, name):
    assert titles(site=name) == ["ข่าวคลินิก", "หน้าแรกคลินิก"]


def test_children_are_those_of_the_page_of_the_site(clinic):
    query = """query ($site: String) {
      pages(site: $site, filter: {childOf: "/"}) { nodes { title } }
    }"""

    found = [ask(query, site=site)["pages"]["nodes"] for site in (None, "clinic.test")]
    assert found == [[{"title": "ข่าว"}], [{"title": "ข่าวคลินิก"}]]


def test_id_names_the_site(clinic):
    found = ask(PAGE, path="/news/", site=str(clinic.pk))["page"]

    assert found == {"title": "ข่าวคลินิก", "breadcrumbs": [{"title": "หน้าแรกคลินิก"}]}


def test_host_of_the_request_names_the_site(clinic, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    query = {"query": '{ page(path: "/news/") { ... on Page { title } } }'}

    found = [
        client.get("/graphql/", query, headers={"Host": host}).json()["data"]["page"]["title"]
        for host in ("clinic.test", "testserver", "clinic.test")
    ]
    assert found == ["ข่าวคลินิก", "ข่าว", "ข่าวคลินิก"]


def test_web_site_shows_the_site_of_its_host(clinic, client, settings):
    settings.ALLOWED_HOSTS = ["*"]

    assert "ข่าวคลินิก" in client.get("/th/news/", headers={"Host": "clinic.test"}).content.decode()
    assert "ข่าวคลินิก" not in client.get("/th/news/").content.decode()


def test_unknown_site_is_refused(clinic):
    assert "site" in str(ask_for_result(PAGES, site="elsewhere.test").errors[0])


def test_what_has_no_page_belongs_to_all_sites(open_office, clinic):
    open_office.show(open_office.department(title="กองคลัง"))
    query = "query ($site: String) { departments(site: $site) { title } }"

    for name in (None, "clinic.test"):
        assert ask(query, site=name)["departments"] == [{"title": "กองคลัง"}]


def test_redirect_stays_on_its_site(open_office, clinic):
    section = Publication.objects.get(title="ข่าวคลินิก")
    page = Page.objects.get(translation_key=section.subject).specific
    open_office.show(open_office.edit(page, slug="notices"))
    query = """query ($site: String) { page(path: "/news/", site: $site) {
      __typename ... on Redirect { path } } }"""

    assert ask(query)["page"]["__typename"] == "SectionPage"
    assert ask(query, site="clinic.test")["page"]["path"] == "/th/notices/"


def test_record_of_two_sites_holds(clinic):
    assert len(list(verify_publications())) > 0
