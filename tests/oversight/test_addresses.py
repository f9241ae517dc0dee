"""Addresses in one form, and where they stand in what is public."""

import pytest

from cms.oversight.addresses import links_in, normal_url


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("https://Example.GO.th", "https://example.go.th/"),
        (" https://example.go.th/a#part ", "https://example.go.th/a"),
        (
            "https://example.go.th/ข่าว/?q=น้ำ",
            "https://example.go.th/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7/?q=%E0%B8%99%E0%B9%89%E0%B8%B3",
        ),
        ("https://example.go.th/%E0%B8%82/", "https://example.go.th/%E0%B8%82/"),
        ("https://user:secret@example.go.th/", "https://example.go.th/"),
        ("https://อบต.ไทย/", "https://xn--m3cj0d.xn--o3cw4h/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
    ],
)
def test_address_is_asked_for_in_one_form(typed: str, asked: str):
    assert normal_url(typed) == asked


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ftp://example.go.th/",
        "mailto:a@b.c",
        "/th/",
        "https://",
        "https://a:b:c/",
        "http://[/",
        "https://example.go.th:99999/",
        f"https://example.go.th/{'x' * 2000}",
    ],
)
def test_what_is_no_address_is_left_alone(typed: str):
    assert normal_url(typed) == ""


def test_links_are_found_wherever_they_stand():
    fields = {
        "source_url": "https://one.example/",
        "body": [
            {
                "type": "rich_text",
                "id": "1",
                "value": '<p><a href="https://two.example/?a=1&amp;b=2">ที่นี่</a></p>',
            },
            {"type": "video", "id": "2", "value": {"url": "https://three.example/v", "title": "ก"}},
        ],
        "summary": "ดูที่ https://prose.example/ ก็ได้",
        "fiscal_year": 2570,
        "repealed_on": None,
    }

    assert set(links_in(fields)) == {
        "https://one.example/",
        "https://two.example/?a=1&b=2",
        "https://three.example/v",
    }


def test_links_to_this_site_are_not_checked_from_outside(settings):
    settings.BASE_URL = "https://office.example"
    fields = {"a": "https://office.example/th/", "b": "https://office.example.com/"}

    assert list(links_in(fields)) == ["https://office.example.com/"]
