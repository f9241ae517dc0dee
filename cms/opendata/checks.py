"""Checks an uploaded table or map when an editor saves it, long before it is published."""

import hashlib
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError

from cms.opendata.problems import Refused, problem_text
from cms.opendata.sandbox import Interrupted, run
from cms.opendata.worker import CHECK

_REMEMBERED_SECONDS = 24 * 60 * 60


def check_upload(document: Any, kind: str) -> None:
    """Raises `ValidationError` where a document cannot be published as a `table` or a `map`.

    The message says in the editor's language what to do. The answer is remembered by the file's
    content, as the editor saves by itself every few seconds.
    """
    filename = PurePosixPath(document.file.name).name
    with tempfile.TemporaryDirectory(prefix="prakat-check-") as folder:
        copy = Path(folder) / f"upload{PurePosixPath(filename).suffix}"
        with document.file.storage.open(document.file.name) as stored, copy.open("wb") as file:
            shutil.copyfileobj(stored, file)
        code, params = _remembered(kind, copy, filename)
    if code:
        raise ValidationError(problem_text(code, params), code=code)


def _remembered(kind: str, copy: Path, filename: str) -> tuple[str, dict[str, Any]]:
    with copy.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    digest.update(filename.encode())
    key = f"opendata-check-{kind}-{digest.hexdigest()}"
    verdict = cache.get(key)
    if verdict is None:
        verdict = _verdict(kind, copy, filename)
        cache.set(key, verdict, _REMEMBERED_SECONDS)
    return verdict


def _verdict(kind: str, copy: Path, filename: str) -> tuple[str, dict[str, Any]]:
    try:
        run(kind, CHECK, copy, filename, copy.parent)
    except Refused as refused:
        return refused.code, refused.params
    except Interrupted:  # a library that breaks on a file has said enough about it
        return "broken", {"found": PurePosixPath(filename).suffix.lstrip(".").upper()}
    return "", {}
