"""An office that worked before divisions counted goes on as it did.

The groups that serve every division get the permission for it, as new installations give it
(`cms.signoff.setup`); whoever could write or approve becomes a member of the whole office, until
the administrator assigns divisions.
"""

from django.db import migrations
from django.utils import timezone

FOR_ALL = (
    "นายกหรือปลัด อบต. (Chief executive or administrator)",
    "ผู้รับผิดชอบการนำข้อมูลขึ้นเผยแพร่ (Publisher)",
    "ผู้แปล (Translator)",
    "ผู้กำกับติดตาม (Overseer)",
    "ผู้ดูแลระบบ (Administrator)",
)
ADMINISTRATOR = FOR_ALL[-1]
# Created here, as Django makes permissions only after every migration.
NAMES = {
    ("membership", "act_for_all"): "Can act for every division",
    ("membership", "add_membership"): "Can add member of a division",
    ("membership", "change_membership"): "Can change member of a division",
    ("membership", "delete_membership"): "Can delete member of a division",
    ("membership", "view_membership"): "Can view member of a division",
    ("appointment", "add_appointment"): "Can add acting appointment",
    ("appointment", "change_appointment"): "Can change acting appointment",
    ("appointment", "delete_appointment"): "Can delete acting appointment",
    ("appointment", "view_appointment"): "Can view acting appointment",
}


def carry_on(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    if not Group.objects.filter(name__in=FOR_ALL).exists():
        return  # a new installation
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for (model, codename), name in NAMES.items():
        kind, _created = ContentType.objects.get_or_create(app_label="divisions", model=model)
        permission, _created = Permission.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        groups = FOR_ALL if codename == "act_for_all" else [ADMINISTRATOR]
        for group in Group.objects.filter(name__in=groups):
            group.permissions.add(permission)
    Membership = apps.get_model("divisions", "Membership")
    User = apps.get_model("accounts", "User")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    writers = GroupPagePermission.objects.values("group")
    for user in User.objects.filter(groups__in=writers, is_active=True).distinct():
        Membership.objects.create(user=user, department=None, since=timezone.localdate())


class Migration(migrations.Migration):

    dependencies = [
        ("divisions", "0001_memberships_and_appointments"),
        ("accounts", "0001_user"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [migrations.RunPython(carry_on, migrations.RunPython.noop)]
