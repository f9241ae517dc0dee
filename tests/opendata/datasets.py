"""Published datasets for tests, and the work that their publication asks for."""

from typing import Any

from cms.opendata import limits
from cms.opendata.jobs import convert_now
from cms.opendata.models import Conversion
from cms.publication.models import PinnedFile, Publication
from pages.models import DatasetPage, OfficeDocument
from tests.office import Office, document
from tests.publication.withdrawing import latest

VILLAGES = "รหัส,ชื่อหมู่บ้าน,ครัวเรือน\n0632,บ้านทะเล,12\n0007,=บ้านเกาะ,7\n".encode()
METADATA = {
    "summary": "หมู่บ้านในตำบล",
    "data_type": "record",
    "maintainer": "สำนักปลัด",
    "maintainer_email": "office@example.org",
    "keywords": "หมู่บ้าน, ครัวเรือน",
    "objectives": ["mission"],
    "update_frequency": "year",
    "update_interval": 1,
    "geographic_coverage": "subdistrict",
    "data_source": "สำนักปลัด",
    "data_formats": ["csv"],
    "license": "odc",
}


def resource(kind: str, file: OfficeDocument) -> tuple[str, dict[str, Any]]:
    """One resource with a dictionary of one entry."""
    entry = {"name": "รหัส", "data_type": "text", "description": "รหัสหมู่บ้าน"}
    return (
        f"{kind}_resource",
        {"title": "ตาราง", "description": "", "file": file, "dictionary": [entry]},
    )


def table(content: bytes = VILLAGES, name: str = "villages.csv") -> tuple[str, dict[str, Any]]:
    """A table as an editor adds it."""
    return resource("table", document(content, name=name))


def broken() -> tuple[str, dict[str, Any]]:
    """A table with a cell too many in a row beyond those that an editor's upload is checked for."""
    return table(b"a,b\n" + b"1,2\n" * limits.CHECKED_ROWS + b"1,2,3\n", name="broken.csv")


def draft(office: Office, *resources: Any, **fields: Any) -> DatasetPage:
    """A dataset that nobody signed yet."""
    values = {"department": office.department(), **METADATA, **fields}
    values["resources"] = list(resources) or [table()]
    return office.page(office.news, DatasetPage, **values)


def published(office: Office, *resources: Any, **fields: Any) -> Publication:
    """A dataset that all required people signed. Its conversions wait."""
    return latest(office.show(draft(office, *resources, **fields)))


def source_of(publication: Publication) -> PinnedFile:
    """The file of a dataset with one resource."""
    return publication.files.get()


def convert_all() -> list[Conversion]:
    """Runs whatever waits, here and now."""
    for conversion in Conversion.objects.filter(state=Conversion.State.WAITING):
        convert_now(conversion.pk)
    return list(Conversion.objects.select_related("result").order_by("pk"))
