"""The examples of `docs/api.md` are files, and each gets real answers."""

import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.clients.conftest import CLIENTS, Run
from tests.clients.seeding import NEWS, TITLE

EXAMPLES = sorted((CLIENTS / "examples").iterdir())
pytestmark = [pytest.mark.clients, pytest.mark.django_db]
COMMANDS = {".mjs": "node", ".sh": "sh", ".py": sys.executable}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_document_shows_the_example_as_it_is(example: Path):
    text = (settings.BASE_DIR / "docs" / "api.md").read_text()

    assert example.read_text() in text


@pytest.mark.parametrize(
    "example", [e for e in EXAMPLES if e.suffix in COMMANDS], ids=lambda path: path.name
)
def test_example_gets_the_news(run: Run, example: Path):
    printed = run(COMMANDS[example.suffix], str(example))

    assert printed.count(TITLE) >= NEWS


def test_hash_alone_is_enough_the_second_time(run: Run):
    run("node", "examples/apollo.mjs")

    assert run("node", "apollo_requests.mjs").splitlines() == ["GET 200 hash"]
