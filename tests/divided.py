"""An office with two divisions that have their own people."""

from dataclasses import dataclass
from typing import Any

from cms.demonstration.clerk import Clerk
from pages.models import Department
from tests.office import Office


@dataclass
class Divisions:
    """Finance and public works, each with a reporter and a head."""

    office: Office
    finance: Department
    works: Department
    finance_reporter: Clerk
    finance_head: Clerk
    works_reporter: Clerk
    works_head: Clerk

    def draft(self, department: Department | None = None, by: Clerk | None = None, **fields) -> Any:
        """A draft item of news of a division (default: finance), by one of its people."""
        department = department or self.finance
        page = self.office.draft(department=department, **fields)
        writer = by or (
            self.finance_reporter if department == self.finance else self.works_reporter
        )
        return self.office.edit(page, user=writer.user, summary="ของส่วนราชการ")


def divide(office: Office) -> Divisions:
    """Makes the two divisions and their people."""
    finance = office.department(title="กองคลัง", short_title="คลัง")
    works = office.department(title="กองช่าง", short_title="ช่าง")
    return Divisions(
        office,
        finance,
        works,
        office.member("finance-reporter", finance),
        office.head("finance-head", finance),
        office.member("works-reporter", works),
        office.head("works-head", works),
    )
