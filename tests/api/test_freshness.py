"""What GET answers tell caches: validators, freshness, tags."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cms.publication.tags import list_tag, subject_tag
from tests.office import Office

TITLE = '{ page(path: "/news/", locale: TH) { ... on Page { title } } }'


def get(client: Client, query: str = TITLE, **headers: str) -> Any:
    return client.get("/graphql/", {"query": query}, headers=headers)


def told(response: Any) -> dict[str, int]:
    """The directives of `Cache-Control` that have seconds."""
    found = re.findall(r"([a-z-]+)=(\d+)", response["Cache-Control"])
    return {name: int(seconds) for name, seconds in found}


def tags(client: Client, query: str) -> set[str]:
    return set(get(client, query)["Surrogate-Key"].split())


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_known_answer_is_304(open_office: Office, client: Client, form: str):
    etag = get(client)["ETag"]
    again = get(client, **{"If-None-Match": form.format(etag)})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert {"Cache-Control", "Vary", "Surrogate-Key"} <= set(again.headers)


def test_other_answer_is_given(open_office: Office, client: Client):
    assert get(client, **{"If-None-Match": '"other", W/"another"'}).status_code == 200


def test_everybody_asks_each_time_by_default(open_office: Office, client: Client):
    assert get(client)["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_shared_caches_may_keep_it_where_they_are_purged(
    open_office: Office, client: Client, settings: Any
):
    settings.EDGE_SECONDS = 20

    seconds = told(get(client))
    assert seconds["max-age"] == 0
    assert 0 < seconds["s-maxage"] <= 20
    assert seconds["stale-while-revalidate"] == 30
    assert seconds["stale-if-error"] == 86400


def test_nothing_outlives_what_leaves_the_public(
    open_office: Office, client: Client, settings: Any
):
    settings.EDGE_SECONDS = 3600
    until = timezone.now() + datetime.timedelta(seconds=40)
    open_office.show(open_office.draft(expire_at=until))

    seconds = told(get(client))
    left = (until - timezone.now()).total_seconds()
    assert 30 < seconds["s-maxage"] <= left + 1
    assert seconds["s-maxage"] + seconds["stale-while-revalidate"] <= left + 1
    assert seconds["s-maxage"] + seconds["stale-if-error"] <= left + 1


def test_errors_are_kept_by_nobody(db, client: Client):
    response = get(client, "{ nothing }")

    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    assert "Surrogate-Key" not in response


def test_answer_names_what_it_was_read_from(open_office: Office, client: Client):
    query = '{ page(path: "/news/", locale: TH) { ... on Page { title breadcrumbs { title } } } }'

    found = tags(client, query)
    assert {subject_tag(open_office.news.translation_key), "SectionPage", "prakat"} <= found
    assert subject_tag(open_office.home.translation_key) in found
    assert "list" not in found


def test_both_headers_say_the_same(open_office: Office, client: Client):
    response = get(client)

    assert response["Cache-Tag"].split(",") == response["Surrogate-Key"].split()


@pytest.mark.parametrize(
    ("query", "tag"),
    [
        ("{ news(locale: TH) { totalCount } }", list_tag("NewsPage")),
        ('{ pages(locale: TH, filter: {type: ["LawPage"]}) { totalCount } }', list_tag("LawPage")),
        ('{ records(locale: TH, type: ["Banner"]) { totalCount } }', list_tag("Banner")),
        ("{ pages(locale: TH) { totalCount } }", "list"),
        ("{ navigation(locale: TH) { title } }", "layout"),
        ("{ alertsInForce { identifier } }", "layout"),
        ('{ page(path: "/nowhere/", locale: TH) { __typename } }', "list"),
        ("query { ...A } fragment A on Query { fiscalYears(locale: TH) { be } }", "list"),
    ],
)
def test_list_names_what_may_enter_it(open_office: Office, client: Client, query: str, tag: str):
    assert tag in tags(client, query)


def test_narrow_list_is_not_purged_with_everything(open_office: Office, client: Client):
    assert "list" not in tags(client, "{ news(locale: TH) { totalCount } }")


@pytest.mark.parametrize("name", ["list", "a\\nSet-Cookie: b", "ก", "s-1,prakat"])
def test_what_a_reader_writes_is_no_tag(open_office: Office, client: Client, name: str):
    response = get(client, f'{{ records(type: ["{name}", "Banner"]) {{ totalCount }} }}')

    assert set(response["Surrogate-Key"].split()) == {"prakat", list_tag("Banner")}


def test_publication_purges_the_answers_that_it_changes(open_office: Office, client: Client):
    from cms.publication.models import Publication
    from cms.publication.tags import tags_of

    news = tags(client, "{ news(locale: TH) { nodes { title } } }")
    laws = tags(client, '{ pages(locale: TH, filter: {type: ["LawPage"]}) { nodes { title } } }')
    open_office.show(open_office.draft())

    purged = tags_of(Publication.objects.latest("sequence"))
    assert purged & news
    assert not purged & laws


def test_headers_stay_short(open_office: Office, client: Client, monkeypatch: Any):
    monkeypatch.setattr("cms.publication.tags.MAX_SUBJECTS", 1)
    for _number in range(3):
        open_office.show(open_office.draft())

    found = tags(client, "{ news(locale: TH) { nodes { title } } }")
    assert {"list", "NewsPage"} <= found
    assert not [tag for tag in found if tag.startswith("s-")]


def test_vary_names_only_what_matters(open_office: Office, client: Client):
    assert get(client)["Vary"] == "Accept"
