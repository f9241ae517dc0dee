"""The numbers of transparency: what each counts, and what it never tells."""

from tests.api.ask import ask
from content_api.operations import run


def test_smoke(open_office):
    result = run("transparency", {"locale": "TH"})
    assert not result.errors, result.errors
    print(result.data["transparency"])
