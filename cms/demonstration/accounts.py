"""The demonstration accounts: one for each role, with passwords that no other place knows."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from cms.demonstration.clerk import Clerk
from cms.signoff.roles import GROUP_NAMES

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
}


def create_accounts() -> dict[str, Clerk]:
    """Creates one account for each role and writes the passwords to a file of the data folder.

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
        user.groups.add(Group.objects.get(name=GROUP_NAMES[role]))
        # Loading signs some hundred times: no mail about it to addresses that do not exist.
        UserProfile.objects.create(
            user=user,
            submitted_notifications=False,
            approved_notifications=False,
            rejected_notifications=False,
        )
        clerks[role] = Clerk(user, password)
    PASSWORDS_FILE.touch(mode=0o600)
    lines = [f"{role:<14} {clerk.password}" for role, clerk in clerks.items()]
    PASSWORDS_FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return clerks
