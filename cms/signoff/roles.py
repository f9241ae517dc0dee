"""The roles of the office, their groups, and what each signer confirms (announcement 3.1-4.2)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The signers, in the order in which they sign."""

    REPORTER = "reporter", _("Reporter (responsible for the information)")
    APPROVER = "approver", _("Approver")
    EXECUTIVE = "executive", _("Chief executive or chief administrator")
    PUBLISHER = "publisher", _("Publisher (responsible for publishing)")
    ALERT_ISSUER = "alert-issuer", _("Issuer of the alert")
    ALERT_RELEASER = "alert-releaser", _("Releaser of the alert")


# Two ways to the public: the ordinary one, and the quick one for emergencies (4.1).
ORDINARY_PATH = [Role.REPORTER, Role.APPROVER, Role.EXECUTIVE, Role.PUBLISHER]
QUICK_PATH = [Role.ALERT_ISSUER, Role.ALERT_RELEASER]
FIRST_ROLES = {path[0] for path in (ORDINARY_PATH, QUICK_PATH)}  # who may have written the draft
LAST_ROLES = {path[-1] for path in (ORDINARY_PATH, QUICK_PATH)}  # whose signature publishes


# Bilingual names, as a group's name cannot be translated.
GROUP_NAMES = {
    "reporter": "ผู้รายงาน (Reporter)",
    "approver": "ผู้อนุมัติรับรอง (Approver)",
    "executive": "นายกหรือปลัด อบต. (Chief executive or administrator)",
    "publisher": "ผู้รับผิดชอบการนำข้อมูลขึ้นเผยแพร่ (Publisher)",
    "translator": "ผู้แปล (Translator)",
    "overseer": "ผู้กำกับติดตาม (Overseer)",
    "administrator": "ผู้ดูแลระบบ (Administrator)",
    "alert_issuer": "ผู้ออกประกาศเตือนภัย (Alert issuer)",
}
ALERT_WORKFLOW_NAME = "ช่องทางด่วนประกาศเตือนภัย (Emergency alert)"
WORKFLOW_NAME = "การลงนามเผยแพร่ข้อมูล (Sign-off)"
TASK_NAMES = {
    Role.REPORTER: "ผู้รายงานลงนาม (Reporter signs)",
    Role.APPROVER: "ผู้อนุมัติรับรองลงนาม (Approver signs)",
    Role.EXECUTIVE: "นายกหรือปลัด อบต. กลั่นกรอง (Executive screens)",
    Role.PUBLISHER: "ผู้นำข้อมูลขึ้นเผยแพร่ลงนาม (Publisher signs)",
    Role.ALERT_ISSUER: "ผู้ออกประกาศเตือนภัยลงนาม (Issuer signs)",
    Role.ALERT_RELEASER: "ผู้อนุมัติให้เผยแพร่ประกาศเตือนภัยลงนาม (Releaser signs)",
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
    Role.ALERT_ISSUER: {
        "source": _("What it says comes from a source that I trust or that I saw myself."),
        "both_languages": _("The Thai and the English text say the same."),
    },
    Role.ALERT_RELEASER: {
        "read": _("I have read both languages as they will stand on the web site."),
        "now": _("It cannot wait for the ordinary way: I release it now."),
    },
}

# What a statement is about, for those who do not know the sections by heart.
CHECKLIST_HELP = {
    "disclosure": _(
        "Section 14: what may harm the royal institution must not be disclosed. Section 15: the"
        " office may keep back what would endanger national security, somebody's life or safety,"
        " or the enforcement of the law, what intrudes upon somebody's privacy (health records,"
        " for example), what another law protects, and what was given in confidence. Where you"
        " are not sure, return the item and say why."
    ),
}


def required_roles(signing: dict[str, Any]) -> list[Role]:
    """Who must sign, in order; the executive only for urgent or sensitive items (4.1).

    `signing` is the part of a snapshot of that name. The quick path is that of alerts alone: the
    snapshot computes `quickPath` from the type, and `verify_publications` compares.
    """
    if signing.get("quickPath"):
        return list(QUICK_PATH)
    return [r for r in ORDINARY_PATH if r != Role.EXECUTIVE or signing["needsExecutive"]]
