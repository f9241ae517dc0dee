"""In which capacity a person signs, in the words that stand beside the signature."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.divisions.models import Appointment


def capacity_of(user: Any, role: str, department_key: UUID | str | None, language: str) -> str:
    """E.g. "รักษาราชการแทน หัวหน้ากองคลัง ตามคำสั่งที่ 12/2570"; empty: in the own position.

    `role` is the signer's role, `department_key` the division of what is signed, `language` the
    language of the item. An order for exactly this place counts, if it is in force today.
    """
    if role not in Appointment.Place.values:
        return ""
    appointments = Appointment.objects.in_force().filter(user=user, for_role=role)
    if role == Appointment.Place.APPROVER:
        if department_key is None:
            return ""
        appointments = appointments.filter(department__translation_key=department_key)
    appointment = appointments.first()
    return words_of(appointment, language) if appointment else ""


def words_of(appointment: Appointment, language: str) -> str:
    """What an appointment says of its holder, in a language ("th" or "en")."""
    post = (appointment.post_title_en if language == "en" else "") or appointment.post_title
    values = {"post": post, "order": appointment.order_number}
    with override(language):
        if appointment.kind == Appointment.Kind.ACTING:
            return _("acting as %(post)s under order %(order)s") % values
        if appointment.order_number:
            return _("as deputy of %(post)s under order %(order)s") % values
        return _("as deputy of %(post)s") % values
