"""The site reads publications through the API alone: no module of it imports a model."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

MODULES = sorted((settings.BASE_DIR / "website").rglob("*.py"))
EXCEPTIONS = {
    # The draft of a preview is the one thing that no API serves.
    "preview.py": {"cms.snapshot.snapshot", "cms.snapshot.fields", "cms.publication.wording"},
    # The site's pages carry the tags by which caches in front purge them.
    "headers.py": {"cms.publication.tags"},
    "wagtail_hooks.py": {"wagtail"},
    # What readers send goes to the desks, in-process or over HTTP.
    "desk.py": {
        "cms.engagement",
        "cms.accounts.client",
        "cms.engagement.receipts",
        "cms.engagement.uploads",
    },
}
OURS = ("cms", "pages", "content_api", "wagtail", "wagtail_localize")
ALLOWED = "cms.thai"


def imported_by(module: Path) -> set[str]:
    """Every module that a file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def belongs_to(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_model_is_imported(module: Path):
    allowed = EXCEPTIONS.get(module.name, set())
    if module.name == "client.py":
        allowed = {"content_api", "content_api.errors", "content_api.observability.observation"}

    found = {
        name
        for name in imported_by(module)
        if any(belongs_to(name, package) for package in OURS)
        and not belongs_to(name, ALLOWED)
        and name not in allowed
    }
    assert found == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_nothing_is_imported_by_name(module: Path):
    text = module.read_text(encoding="utf-8")

    assert "get_model" not in text
    assert "import_string" not in text
    assert "import_module" not in text
