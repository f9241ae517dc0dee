"""The roles of the office, their groups, and what each signer confirms (announcement 3.1-4.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The signers, in the order in which they sign."""

    REPORTER = "reporter", _("Reporter (responsible for the information)")
    APPROVER = "approver", _("Approver")
    EXECUTIVE = "executive", _("Chief executive or chief administrator")
    PUBLISHER = "publisher", _("Publisher (responsible for publishing)")


# Bilingual names, as a group's name cannot be translated.
GROUP_NAMES = {
    "reporter": "ผู้รายงาน (Reporter)",
    "approver": "ผู้อนุมัติรับรอง (Approver)",
    "executive": "นายกหรือปลัด อบต. (Chief executive or administrator)",
    "publisher": "ผู้รับผิดชอบการนำข้อมูลขึ้นเผยแพร่ (Publisher)",
    "translator": "ผู้แปล (Translator)",
    "overseer": "ผู้กำกับติดตาม (Overseer)",
    "administrator": "ผู้ดูแลระบบ (Administrator)",
}
WORKFLOW_NAME = "การลงนามเผยแพร่ข้อมูล (Sign-off)"
TASK_NAMES = {
    Role.REPORTER: "ผู้รายงานลงนาม (Reporter signs)",
    Role.APPROVER: "ผู้อนุมัติรับรองลงนาม (Approver signs)",
    Role.EXECUTIVE: "นายกหรือปลัด อบต. กลั่นกรอง (Executive screens)",
    Role.PUBLISHER: "ผู้นำข้อมูลขึ้นเผยแพร่ลงนาม (Publisher signs)",
}

# Each statement must be ticked before its role can sign.
CHECKLISTS = {
    Role.REPORTER: {
        "correct": _("I have checked that the information is correct."),
        "complete": _("The information is complete and whole."),
        "personal_data": _("It holds no personal data that must not be disclosed."),
    },
    Role.APPROVER: {
        "content": _("I have checked the details of the content."),
        "disclosure": _(
            "Sections 14 and 15 of the Official Information Act do not forbid its disclosure."
        ),
        "approve": _("I approve that it is placed on the web site."),
    },
    Role.EXECUTIVE: {
        "weighed": _("I have weighed the benefits, the harms and the effects after disclosure."),
        "suitable": _("It is suitable to be presented to the public."),
    },
    Role.PUBLISHER: {
        "reviewed": _("I have reviewed that the information is complete and whole."),
        "displayed": _("I have seen it as it will stand on the web site."),
    },
}


def required_roles(needs_executive: bool) -> list[Role]:
    """Who must sign, in order; the executive only for urgent or sensitive items (4.1)."""
    return [role for role in Role if role != Role.EXECUTIVE or needs_executive]
