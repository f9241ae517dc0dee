"""What may be uploaded is told by its bytes; everything else is refused by name, in words."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from cms.engagement.models import Case, CaseFile
from cms.engagement.uploads import MAX_FILE, MAX_SIDE, check_upload
from tests.engagement.standing import PICTURE, Form, picture
from tests.office import png


def drawn(pillow_format: str, size: tuple[int, int] = (50, 40), mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, pillow_format)
    return buffer.getvalue()


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = io.BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


WORD = {"[Content_Types]_DOT_xml": b"<x/>", "word__document_DOT_xml": b"<x/>"}


@pytest.mark.parametrize(
    ("name", "content", "stored_as"),
    [
        ("ภาพ.JPG", drawn("JPEG"), "ภาพ.jpg"),
        ("a.png", drawn("PNG", mode="RGBA"), "a.png"),
        ("a.webp", drawn("WEBP"), "a.webp"),
        ("a.heic", drawn("HEIF"), "a.jpg"),
        ("a.pdf", b"%PDF-1.4\n", "a.pdf"),
        ("a.xlsx", workbook(), "a.xlsx"),
        ("a.docx", zipped(**WORD), "a.docx"),
        ("a.odt", zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "a.odt"),
        ("a.ods", zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "a.ods"),
        ("../../etc/passwd", drawn("PNG"), "passwd.png"),
        ("a.html", drawn("PNG"), "a.png"),
    ],
)
def test_right_file_is_taken_under_a_name_that_says_what_it_is(
    name: str, content: bytes, stored_as: str
):
    upload = check_upload(SimpleUploadedFile("x", content, "text/html"))
    file = SimpleUploadedFile("x", content)
    file._name = name

    assert check_upload(file).filename == stored_as
    assert upload.content_type != "text/html"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"<html><script>alert(1)</script>"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.zip", zipped(a=b"x")),
        ("a.docm", zipped(**WORD, word__vbaProject_DOT_bin=b"x")),
        ("a.doc", bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600),
        ("a.docx", zipped(**WORD)[:-30]),
        ("a.jpg", drawn("JPEG")[:100]),
        ("a.exe", b"MZ"),
        ("a.gif", drawn("GIF")),
    ],
)
def test_wrong_file_is_refused_by_its_name(name: str, content: bytes):
    with pytest.raises(ValidationError) as refused:
        check_upload(SimpleUploadedFile(name, content))

    assert name in refused.value.messages[0]


def test_empty_file_is_refused():
    with pytest.raises(ValidationError):
        check_upload(SimpleUploadedFile("a.pdf", b""))


def test_large_file_is_refused():
    with pytest.raises(ValidationError, match="10 MB"):
        check_upload(SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * MAX_FILE))


def test_picture_that_would_fill_the_memory_is_refused_unread():
    header = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(header, "PNG")

    with pytest.raises(ValidationError):
        check_upload(SimpleUploadedFile("a.png", header.getvalue()))


def test_zip_bomb_is_not_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"0" * 50_000_000)

    with pytest.raises(ValidationError):
        check_upload(SimpleUploadedFile("a.odt", bomb.getvalue()))


def test_large_picture_is_made_smaller():
    upload = check_upload(SimpleUploadedFile("a.jpg", drawn("JPEG", (6000, 3000))))

    assert max(Image.open(io.BytesIO(upload.content)).size) <= MAX_SIDE


def test_hidden_tail_of_a_picture_is_gone():
    upload = check_upload(SimpleUploadedFile("a.png", png("teal") + b"<script>evil</script>"))

    assert b"evil" not in upload.content


def test_too_many_files_are_refused_and_the_first_are_kept(question_form: Form):
    refused = question_form.send(files={PICTURE["id"]: [picture(f"{n}.png") for n in range(6)]})

    assert set(refused.errors) == {PICTURE["id"]}
    assert len(refused.staged[PICTURE["id"]]) == 5


def test_wrong_file_beside_right_ones_does_not_lose_them(question_form: Form):
    files = [picture("a.png"), picture("b.png", b"nonsense")]

    refused = question_form.send(files={PICTURE["id"]: files})

    assert [file.filename for file in refused.staged[PICTURE["id"]]] == ["a.png"]
    assert "b.png" in refused.errors[PICTURE["id"]][0]


def test_failed_act_leaves_no_file_behind(question_form: Form, monkeypatch: pytest.MonkeyPatch):
    def fail(*args: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("cms.engagement.reception.log", fail)  # after both files were written
    folder = Path(CaseFile.storage().location)
    before = set(folder.rglob("*/*"))
    with pytest.raises(OSError, match="disk"):
        question_form.send(files={PICTURE["id"]: [picture("a.png"), picture("b.png")]})

    assert set(folder.rglob("*/*")) == before
    assert not Case.objects.exists()
    assert not CaseFile.objects.exists()
