"""Documents named by their SHA-256: stored operations, and Apollo's automatic persisted queries."""

import hashlib
import json

import pytest
from django.core.cache import cache
from django.test import Client

from content_api import persisted
from content_api.operations import manifest, stored_operation
from tests.office import Office

QUERY = '{ page(path: "/news/", locale: TH) { ... on Page { title } } }'
ANSWER = {"page": {"title": "ข่าว"}}
VARIABLES = {"path": "/news/", "locale": "TH"}


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


def sha256_of(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()


def apollo(query: str = QUERY) -> dict:
    return {"persistedQuery": {"version": 1, "sha256Hash": sha256_of(query)}}


def post(client: Client, **body):
    return client.post("/graphql/", json.dumps(body), content_type="application/json")


def code(response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


@pytest.fixture
def document_id() -> str:
    return f"sha256:{stored_operation('page').sha256}"


def test_stored_operation_is_found_by_document_id(open_office: Office, client, document_id: str):
    response = post(client, documentId=document_id, variables=VARIABLES)

    assert response.json()["data"]["page"]["title"] == "ข่าว"


def test_stored_operation_is_found_by_document_id_in_the_address(
    open_office: Office, client, document_id: str
):
    query = {"documentId": document_id, "variables": json.dumps(VARIABLES)}
    response = client.get("/graphql/", query)

    assert response.json()["data"]["page"]["title"] == "ข่าว"
    assert response["ETag"]


def test_unknown_document_id_is_one_error(db, client):
    response = post(client, documentId="sha256:" + "0" * 64)

    assert code(response) == "PERSISTED_QUERY_NOT_FOUND"
    assert len(response.json()["errors"]) == 1


@pytest.mark.parametrize("document_id", ["x", "md5:1", "sha256:ABC", "sha256:" + "A" * 64])
def test_wrong_document_id_is_refused(db, client, document_id: str):
    response = post(client, documentId=document_id)

    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


def test_two_documents_are_refused(db, client, document_id: str):
    assert post(client, documentId=document_id, query=QUERY).status_code == 400


def test_hash_alone_is_not_found_at_first(db, client):
    response = post(client, extensions=apollo())

    assert response.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


def test_document_that_was_sent_is_found_by_its_hash(open_office: Office, client):
    post(client, query=QUERY, extensions=apollo())
    response = client.get("/graphql/", {"extensions": json.dumps(apollo())})

    assert response.json()["data"] == ANSWER


def test_wrong_hash_is_refused_and_not_kept(db, client):
    other = apollo("{ fiscalYears { be } }")

    assert code(post(client, query=QUERY, extensions=other)) == "PERSISTED_QUERY_HASH_MISMATCH"
    assert code(post(client, extensions=other)) == "PERSISTED_QUERY_NOT_FOUND"


def test_invalid_document_is_not_kept(db, client):
    post(client, query="{ nothing }", extensions=apollo("{ nothing }"))

    assert code(post(client, extensions=apollo("{ nothing }"))) == "PERSISTED_QUERY_NOT_FOUND"


def test_no_more_documents_are_kept_than_there_are_places(open_office, client, monkeypatch):
    monkeypatch.setattr(persisted, "PLACES", 1)
    post(client, query=QUERY, extensions=apollo())
    post(client, query="{ __typename }", extensions=apollo("{ __typename }"))

    assert code(post(client, extensions=apollo())) == "PERSISTED_QUERY_NOT_FOUND"
    assert "data" in post(client, extensions=apollo("{ __typename }")).json()


@pytest.mark.parametrize("extension", [5, {}, {"version": 2, "sha256Hash": "0" * 64}])
def test_other_persisted_query_extension_is_refused(db, client, extension):
    assert post(client, extensions={"persistedQuery": extension}).status_code == 400


def test_stored_operations_alone_are_answered_where_that_is_set(
    open_office: Office, client, settings, document_id: str
):
    post(client, query=QUERY, extensions=apollo())
    settings.GRAPHQL_STORED_ONLY = True

    assert code(post(client, query=QUERY)) == "STORED_OPERATIONS_ONLY"
    assert post(client, query=QUERY).status_code == 403
    assert code(post(client, extensions=apollo())) == "PERSISTED_QUERY_NOT_FOUND"
    assert "data" in post(client, documentId=document_id, variables=VARIABLES).json()
    body = stored_operation("page").body
    assert "data" in post(client, query=body, variables=VARIABLES).json()
    assert client.get("/graphql/page/", VARIABLES).status_code == 200


def test_manifest_names_the_text_by_its_hash(db, client):
    listed = client.get("/graphql/operations.json").json()

    assert listed == manifest()
    for operation in listed["operations"]:
        assert sha256_of(operation["body"]) == operation["id"]
