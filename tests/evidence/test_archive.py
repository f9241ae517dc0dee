"""The sealed history: what is in it, and that its own script notices every change."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from cms.evidence import signing_key
from cms.evidence.enclosures import verify
from cms.publication.models import PinnedFile, Publication
from cms.publication.verify import RecordBroken
from cms.signoff.models import Signature
from tests.evidence.sealed import (
    Members,
    archive_of,
    changed,
    check,
    members_of,
    office_key,
    packed,
    resealed,
)
from tests.office import Office, document
from tests.publication.tampering import overwrite
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import block, published

FILE = "แผน.txt"


@pytest.fixture
def history(open_office: Office) -> Publication:
    """Two versions of an item with a file, then withdrawn; other items signed in between."""
    attached = json.dumps([block("document", document("แผนพัฒนา".encode(), FILE).pk)])
    page = open_office.show(open_office.edit(open_office.draft(title="แรก"), attachments=attached))
    published(open_office, title="เรื่องอื่น")
    page = open_office.show(open_office.edit(page, title="สอง"))
    withdraw(open_office, page)
    return latest(page)


def names(members: Members, prefix: str) -> list[str]:
    return sorted(name for name in members if name.startswith(prefix))


def test_holds_with_the_standard_library_alone(history, tmp_path: Path):
    result = check(tmp_path, archive_of(history), *office_key())

    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.startswith("HOLDS: 3 publications, 8 signatures")
    assert "whose key" not in result.stdout


def test_says_what_it_did_not_check(history, tmp_path: Path):
    output = check(tmp_path, archive_of(history)).stdout

    assert signing_key.public_key().hex() in output
    assert output.count("NOT CHECKED") == 2


def test_office_can_recompute_the_chains(history, tmp_path: Path):
    option = ["--signature-key", settings.SIGNATURE_KEY]
    content = archive_of(history)

    assert "NOT CHECKED" not in check(tmp_path, content, *office_key(), *option).stdout
    wrong = check(tmp_path, content, "--signature-key", "another")
    assert wrong.returncode == 1


def test_enclosed_script_checks_the_archive_that_it_came_in(history, tmp_path: Path):
    path = tmp_path / "archive.zip"
    path.write_bytes(archive_of(history))
    with zipfile.ZipFile(path) as file:
        file.extract("verify.py", tmp_path)

    command = [sys.executable, "-I", "-S", str(tmp_path / "verify.py"), str(path)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_same_record_gives_the_same_bytes(history):
    assert archive_of(history) == archive_of(history)


def test_holds_every_version_signature_and_file(history):
    members = members_of(archive_of(history))

    assert len(names(members, "publications/")) == 3
    assert len(names(members, "snapshots/")) == 3
    assert len(names(members, "signatures/")) == 8  # twice three, and two for the withdrawal
    (file,) = names(members, "files/")
    assert file.split("/")[2].startswith("แผน")  # storage may add letters to a name
    assert members[file] == "แผนพัฒนา".encode()


def test_other_items_leave_their_places_but_no_words(history):
    members = members_of(archive_of(history))
    links = members["chain/publications.txt"].decode().splitlines()

    assert len(links) == 4
    assert not any("เรื่องอื่น".encode() in content for content in members.values())


def test_drafts_and_signatures_on_them_stay_inside(open_office: Office):
    page = published(open_office, title="ฉบับเผยแพร่")
    page = open_office.edit(page, title="ฉบับลับ")
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page, "reject", "ยังไม่ถูกต้อง")
    members = members_of(archive_of(latest(page)))

    assert len(names(members, "signatures/")) == 3
    assert not any("ฉบับลับ".encode() in content for content in members.values())


def test_readme_is_in_thai_and_english(history):
    members = members_of(archive_of(history))

    assert "ตรวจสอบ" in members["README.th.txt"].decode()
    assert "prakat-signing-key.txt" in members["README.en.txt"].decode()


def test_broken_record_is_not_exported(history):
    first = Publication.objects.filter(address=history.address).earliest("sequence")
    overwrite(first, snapshot=first.snapshot.replace("แรก", "อื่น"))

    with pytest.raises(RecordBroken):
        archive_of(history)


def test_changed_signature_is_not_exported(history):
    overwrite(Signature.objects.filter(title="สอง").first(), full_name="ผู้อื่น")

    with pytest.raises(RecordBroken):
        archive_of(history)


def test_changed_file_is_not_exported(history):
    first = Publication.objects.filter(address=history.address).earliest("sequence")
    pinned: PinnedFile = first.files.get()
    storage = pinned.storage()
    with storage.open(pinned.storage_name) as stream:
        kept = stream.read()
    Path(storage.path(pinned.storage_name)).write_bytes("แผนปลอม".encode())
    try:
        with pytest.raises(RecordBroken):
            archive_of(history)
    finally:
        Path(storage.path(pinned.storage_name)).write_bytes(kept)


# --- forgeries ------------------------------------------------------------------------------


def _change(prefix: str, old: str, new: str) -> Callable[[Members], Members]:
    def forge(members: Members) -> Members:
        name = next(name for name in names(members, prefix) if old.encode() in members[name])
        return {**members, name: members[name].replace(old.encode(), new.encode(), 1)}

    return forge


def _remove(prefix: str) -> Callable[[Members], Members]:
    def forge(members: Members) -> Members:
        gone = names(members, prefix)[0]
        return {name: content for name, content in members.items() if name != gone}

    return forge


def _reordered(members: Members) -> Members:
    name = "chain/signatures.txt"
    return {**members, name: b"\n".join(reversed(members[name].splitlines())) + b"\n"}


def _relinked(members: Members) -> Members:
    """The second place names another predecessor."""
    name = "chain/publications.txt"
    first, second, *rest = members[name].decode().splitlines()
    sequence, _previous, own = second.split(" ")
    lines = [first, f"{sequence} {'0' * 64} {own}", *rest]
    return {**members, name: "".join(f"{line}\n" for line in lines).encode()}


def _swapped_key(members: Members) -> Members:
    return {**members, "public-key.txt": resealed(members)["public-key.txt"]}


def _shorter(members: Members) -> Members:
    """The withdrawal is taken out of the list and of the archive."""
    gone = names(members, "publications/")[-1]
    kept = {name: content for name, content in members.items() if name != gone}
    return changed(kept, "manifest.json", lambda value: value["publications"].pop())


FORGERIES: dict[str, Callable[[Members], Members]] = {
    "a word of a snapshot": _change("snapshots/", "แรก", "สาม"),
    "the name of a signer": _change("signatures/", "ตัวอย่าง", "คนอื่น"),
    "the day of a signature": _change("signatures/", '"signed_at": "2', '"signed_at": "1'),
    "the beginning of a publication": _change(
        "publications/", '"effective_from": "2', '"effective_from": "1'
    ),
    "a byte of a file": _change("files/", "แผน", "แผง"),
    "the name of the office": _change("manifest.json", "ตัวอย่าง", "อื่น"),
    "a removed signature": _remove("signatures/"),
    "a removed file": _remove("files/"),
    "a removed snapshot": _remove("snapshots/"),
    "an added file": lambda members: {**members, "files/extra.txt": b"extra"},
    "an added signature": lambda members: {**members, "signatures/000000099.json": b"{}"},
    "a reordered chain": _reordered,
    "a link of the chain": _relinked,
    "another key": _swapped_key,
    "a changed script": lambda members: {**members, "verify.py": b"print('HOLDS')"},
    "another signature of the manifest": lambda members: {**members, "manifest.sig": b"00" * 64},
    "no signature of the manifest": _remove("manifest.sig"),
    "the withdrawal left out": _shorter,
}


@pytest.fixture(scope="module")
def sealed(django_db_setup, django_db_blocker) -> Members:
    """One archive for all forgeries."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        members = members_of(archive_of(history.__wrapped__(Office())))
        transaction.set_rollback(True)
    return members


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_forgery_does_not_hold(sealed: Members, tmp_path: Path, forge):
    forged = forge(sealed)
    assert forged != sealed

    result = check(tmp_path, packed(forged), *office_key())
    assert result.returncode == 1, result.stdout + result.stderr
    assert "DOES NOT HOLD" in result.stdout


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_forgery_sealed_with_another_key_does_not_hold(sealed: Members, tmp_path: Path, forge):
    result = check(tmp_path, packed(resealed(forge(sealed))), *office_key())

    assert result.returncode == 1, result.stdout + result.stderr


@pytest.mark.parametrize(
    "name",
    [
        "a word of a snapshot",
        "a removed signature",
        "a removed snapshot",
        "a removed file",
        "a reordered chain",
        "a link of the chain",
    ],
)
def test_forgery_shows_even_to_who_trusts_the_forgers_key(sealed: Members, tmp_path: Path, name):
    result = check(tmp_path, packed(resealed(FORGERIES[name](sealed))))

    assert result.returncode == 1, result.stdout + result.stderr


def test_only_the_office_sees_a_forged_name_under_a_trusted_key(sealed: Members, tmp_path: Path):
    forged = packed(resealed(FORGERIES["the name of a signer"](sealed)))

    assert check(tmp_path, forged).returncode == 0
    option = ["--signature-key", settings.SIGNATURE_KEY]
    assert check(tmp_path, forged, *option).returncode == 1


def test_member_that_is_there_twice_does_not_hold(sealed: Members, tmp_path: Path):
    path = tmp_path / "double.zip"
    path.write_bytes(packed(sealed))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as file:
        file.writestr("verify.py", b"print('HOLDS')")

    assert check(tmp_path, path.read_bytes(), *office_key()).returncode == 1


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_what_is_no_archive_does_not_hold(tmp_path: Path, content: bytes):
    assert check(tmp_path, content).returncode == 1


def test_missing_archive_is_told_apart(tmp_path: Path):
    assert verify.main([str(tmp_path / "nothing.zip")]) == 2


# --- the key ----------------------------------------------------------------------------------


def test_own_verification_agrees_with_the_library():
    for length in (0, 1, 1000):
        message = b"x" * length
        signature = signing_key.sign(message)
        key = signing_key.public_key()
        assert verify.ed25519_verifies(key, message, signature)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        for wrong in (signature[:-1] + b"\x00", signature[1:] + signature[:1], b"\xff" * 64):
            assert not verify.ed25519_verifies(key, message, wrong)
            with pytest.raises(InvalidSignature):
                Ed25519PublicKey.from_public_bytes(key).verify(wrong, message)
        assert not verify.ed25519_verifies(key, message + b"y", signature)


def test_key_follows_from_the_signature_key(settings):
    before = signing_key.public_key()
    assert signing_key.public_key() == before
    settings.SIGNATURE_KEY = "another"
    assert signing_key.public_key() != before


def test_public_key_is_published(open_office: Office, client):
    response = client.get("/.well-known/prakat-signing-key.txt")

    assert response.content.decode() == f"{signing_key.public_key().hex()}\n"
    assert response["Content-Type"].startswith("text/plain")
    assert settings.SIGNATURE_KEY.encode() not in response.content


def test_script_is_written_for_python_3_8():
    source = Path(verify.__file__).read_text(encoding="utf-8")

    assert "from cms" not in source
    assert "import django" not in source
    compile(source, "verify.py", "exec", dont_inherit=True)
    import ast

    ast.parse(source, feature_version=(3, 8))
