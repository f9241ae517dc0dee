"""GraphQL over HTTP as the specification has it, and the tools that read the contract."""

import pytest

from tests.clients.conftest import Run

pytestmark = [pytest.mark.clients, pytest.mark.django_db]


def test_every_audit_of_graphql_over_http_passes(run: Run):
    printed = run("node", "audit.mjs")
    print(printed)  # noqa: T201 (pytest -rP shows it)

    assert "61 of 61 audits passed" in printed


def test_types_of_the_contract_and_the_operations_compile(run: Run):
    run("node", "codegen.mjs")
    run("npx", "--no-install", "tsc", "--project", ".")


def test_relay_compiler_accepts_the_schema(run: Run):
    run("mkdir", "-p", "generated/relay")
    run("npx", "--no-install", "relay-compiler")
