"""The address for monitors."""

from website import views
from website.client import QueryFailed


def test_says_ok(db, client):
    response = client.get("/healthz/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_is_never_cached(db, client):
    assert "no-store" in client.get("/healthz/")["Cache-Control"]


def test_says_when_the_api_fails(client, monkeypatch):
    def fail(name, variables):
        raise QueryFailed("no database")

    monkeypatch.setattr(views, "query", fail)

    response = client.get("/healthz/")
    assert (response.status_code, response.json()) == (503, {"status": "failed"})


def test_is_not_sent_to_https(db, client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz/").status_code == 200
