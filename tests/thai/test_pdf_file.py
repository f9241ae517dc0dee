"""What a PDF says about itself, and that it is the same each time."""

import datetime
import os
import subprocess
import sys

from tests.thai.pdf_reading import document, opened, picture


def structure(element) -> list:
    """The tree below a structure element as nested [kind, ...]; contents are left out."""
    kids = [kid.get_object() for kid in element["/K"]]
    return [element["/S"], *(structure(kid) for kid in kids if "/S" in kid)]


def test_file_tells_its_title_and_language():
    file = opened(document(author="อบต.ตะปอน").bytes())

    assert file.metadata.title == "เอกสารทดสอบ"
    assert file.metadata.author == "อบต.ตะปอน"
    assert file.root_object["/Lang"] == "th"
    assert file.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_file_tells_its_structure():
    pdf = document()
    pdf.heading("หัวข้อ", 2)
    pdf.paragraph("ย่อหน้า")
    pdf.bullet_list(["หนึ่ง"])
    pdf.table(["ก"], [["1"]], caption="ตาราง")

    root = opened(pdf.bytes()).root_object

    assert root["/MarkInfo"]["/Marked"]
    assert structure(root["/StructTreeRoot"]["/K"][0].get_object()) == [
        "/Document",
        ["/H2"],
        ["/P"],
        ["/L", ["/LI", ["/Lbl"], ["/LBody"]]],
        ["/Table", ["/Caption"], ["/TR", ["/TH"]], ["/TR", ["/TD"]]],
    ]


def test_picture_has_its_description():
    pdf = document()
    pdf.image(picture((10, 10)), "คำบรรยาย", alt="ภาพที่ทำการ")

    root = opened(pdf.bytes()).root_object
    figure = root["/StructTreeRoot"]["/K"][0].get_object()["/K"][0].get_object()

    assert figure["/Alt"] == "ภาพที่ทำการ"


def test_same_content_gives_the_same_bytes_in_every_process():
    script = (
        "import hashlib; from tests.thai.pdf_reading import *; pdf = document();"
        "pdf.paragraph('ที่นี้'); pdf.table(['ก'], [['น้ำ']]); pdf.qr('x');"
        "pdf.image(picture((9, 9), 'JPEG')); print(hashlib.sha256(pdf.bytes()).hexdigest())"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    hashes = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**environment, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(hashes) == 1


def test_time_of_creation_is_told_only_when_it_is_given():
    moment = datetime.datetime(2026, 8, 17, 9, 30, tzinfo=datetime.UTC)

    assert opened(document(created=moment).bytes()).metadata.creation_date == moment
    assert "/CreationDate" not in opened(document().bytes()).metadata


def test_bytes_can_be_asked_for_twice():
    pdf = document()
    pdf.paragraph("คำ")

    assert pdf.bytes() is pdf.bytes()
