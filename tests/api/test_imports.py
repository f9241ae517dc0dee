"""`graphql/` is a source root beside the library of that name."""

from pathlib import Path

import graphql

import content_api

ROOT = Path(__file__).resolve().parents[2]


def test_graphql_is_the_library():
    assert "site-packages" in graphql.__file__


def test_content_api_is_ours():
    assert Path(content_api.__file__).parent == ROOT / "graphql" / "content_api"


def test_folder_graphql_is_no_package():
    assert not (ROOT / "graphql" / "__init__.py").exists()


def test_locale_holds_no_python():
    assert not list((ROOT / "locale").rglob("*.py"))
