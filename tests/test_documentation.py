"""What the documents promise is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def test_every_variable_is_in_the_example():
    settings = (ROOT / "cms" / "settings.py").read_text()
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', settings))
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert read - listed == set()


@pytest.mark.parametrize("name", ["serve", "test", "verify", "schema"])
def test_make_has_the_targets_that_the_readme_names(name):
    makefile = (ROOT / "Makefile").read_text()

    assert re.search(rf"^{name}:", makefile, re.MULTILINE)


def test_readme_links_lead_somewhere():
    readme = (ROOT / "README.md").read_text()

    for target in re.findall(r"\]\(([^)#:]+)\)", readme) + re.findall(r"`(docs/\S+?)`", readme):
        assert (ROOT / target).exists(), target


def test_no_file_is_too_long_to_read_in_one_go():
    folders = ("cms", "pages", "graphql", "website")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    long = {
        path.name: lines
        for path in files
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 300
    }
    assert long == {}
