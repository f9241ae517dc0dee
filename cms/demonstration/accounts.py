"""The demonstration accounts: one for each role, with passwords that no other place knows."""

import datetime
import functools
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone

from cms.accounts.models import User
from cms.demonstration.clerk import Clerk
from cms.divisions.models import Appointment, Membership
from cms.engagement.channels import DESK_GROUPS, Channel
from cms.signoff.roles import GROUP_NAMES
from cms.thai.dates import fiscal_year

PASSWORDS_FILE = Path(settings.DATA_DIR) / "demonstration-accounts.txt"

# Positions only: no living person is named.
POSITIONS = {
    "reporter": ("นักวิชาการประชาสัมพันธ์", "Public Relations Officer"),
    "approver": ("หัวหน้าสำนักปลัด", "Head of the Office of the Chief Administrator"),
    "executive": ("นายกองค์การบริหารส่วนตำบล", "Chief Executive of the SAO"),
    "publisher": ("นักวิชาการคอมพิวเตอร์", "Computer Technical Officer"),
    "translator": ("เจ้าหน้าที่แปล", "Translation Officer"),
    "overseer": ("ผู้กำกับติดตามการเผยแพร่ข้อมูล", "Publication Overseer"),
    "administrator": ("ผู้ดูแลระบบ", "System Administrator"),
    "registrar": ("เจ้าพนักงานธุรการ", "General Affairs Officer"),
    "inspector": ("ผู้รับเรื่องร้องเรียนการทุจริต", "Corruption Complaints Officer"),
    "finance_reporter": ("นักวิชาการพัสดุ", "Supply Officer"),
    "finance_head": ("ผู้อำนวยการกองคลัง", "Director of the Finance Division"),
}
# The registrar answers at every desk but that for corruption, and puts opinions into drafts.
_INSPECTED = {Channel.CORRUPTION}
GROUPS = {
    **{role: [name] for role, name in GROUP_NAMES.items()},
    "registrar": [
        GROUP_NAMES["reporter"],
        *[name for channel, name in DESK_GROUPS.items() if channel not in _INSPECTED],
    ],
    "inspector": [DESK_GROUPS[channel] for channel in _INSPECTED],
    "finance_reporter": [GROUP_NAMES["reporter"]],
    "finance_head": [GROUP_NAMES["approver"]],
}
# These two see to every division's content, as public relations officers do in small offices.
WHOLE_OFFICE = ("reporter", "approver")


def create_accounts() -> dict[str, Clerk]:
    """Creates one account for each role and desk; the passwords go to a file of the data folder.

    Returns a clerk for each role. The file can be read by its owner only.
    """
    clerks = {}
    for role, (position, position_en) in POSITIONS.items():
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(
            username=role,
            email=f"{role}@example.go.th",
            password=password,
            first_name=position,
            last_name="(ตัวอย่าง)",
            position=position,
            position_en=position_en,
        )
        user.groups.set(Group.objects.filter(name__in=GROUPS[role]))
        if role in WHOLE_OFFICE:
            Membership.objects.create(user=user, department=None)
        clerks[role] = Clerk(remember_password_checks(user), password)
    PASSWORDS_FILE.touch(mode=0o600)
    lines = [f"{role:<18} {clerk.password}" for role, clerk in clerks.items()]
    PASSWORDS_FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return clerks


def assign_divisions(clerks: dict[str, Clerk], departments: dict[str, Any]) -> None:
    """Makes the others members of their divisions, once these exist.

    The head of finance acts for the head of public works too, for a month.
    """
    finance, works = departments["finance"], departments["public-works"]
    office = departments["chief-administrator-office"]
    today = timezone.localdate()
    for role, department in (("registrar", office), ("finance_reporter", finance)):
        Membership.objects.create(user=clerks[role].user, department=department)
    head = clerks["finance_head"].user
    Membership.objects.create(user=head, department=finance, is_head=True)
    Appointment.objects.create(
        user=head,
        kind=Appointment.Kind.ACTING,
        for_role=Appointment.Place.APPROVER,
        department=works,
        post_title="ผู้อำนวยการกองช่าง",
        post_title_en="Director of the Public Works Division",
        order_number=f"12/{fiscal_year(today)}",
        since=today,
        until=today + datetime.timedelta(days=30),
    )


def remember_password_checks(user: User) -> User:
    """Lets this one object remember which passwords were right and which were not.

    Each is checked against the stored hash at its full cost the first time (docs/decisions/0007).
    Only for a process in which no password changes, as while the demonstration is loaded.
    """
    user.check_password = functools.cache(user.check_password)  # type: ignore[method-assign]
    return user
