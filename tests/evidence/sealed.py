"""Sealed archives: changed as a forger would, and checked by their own script."""

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cms.evidence.archive import sealed_archive
from cms.evidence.signing_key import public_key

Members = dict[str, bytes]
ENCLOSED = Path(__file__).resolve().parents[2] / "cms" / "evidence" / "enclosures" / "verify.py"


def archive_of(publication: Any) -> bytes:
    """The sealed history of what a publication belongs to."""
    with sealed_archive(publication.address) as stream:
        return stream.read()


def members_of(content: bytes) -> Members:
    """Every member by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(members: Members) -> bytes:
    """A ZIP of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def changed(members: Members, name: str, change: Callable[[Any], None]) -> Members:
    """With one JSON member changed."""
    value = json.loads(members[name])
    change(value)
    return {**members, name: json.dumps(value, ensure_ascii=False, indent=2).encode()}


def resealed(members: Members) -> Members:
    """As a forger seals it who lacks the office's key: listed anew, signed with a key of his."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    members = {**members, "public-key.txt": f"{public.hex()}\n".encode()}
    manifest = json.loads(members["manifest.json"])
    seals = ("manifest.json", "manifest.sig", "manifest.hmac")
    manifest["members"] = [
        {"path": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in sorted(members.items())
        if name not in seals
    ]
    text = json.dumps(manifest).encode()
    return {**members, "manifest.json": text, "manifest.sig": key.sign(text).hex().encode()}


def check(folder: Path, content: bytes, *options: str) -> subprocess.CompletedProcess:
    """Runs the script that every archive encloses, as the office hands it out, on an archive.

    Isolated (`-I`) and without site packages (`-S`): the standard library is all it may need.
    """
    path = folder / "archive.zip"
    path.write_bytes(content)
    environment = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, "-I", "-S", str(ENCLOSED), str(path), *options],
        capture_output=True,
        text=True,
        env=environment,
        cwd=folder,
    )


def office_key() -> list[str]:
    """The option that names the office's own key."""
    return ["--key", public_key().hex()]
