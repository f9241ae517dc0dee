"""The people of the office: Django's user with the position (ตำแหน่ง) that a signature shows."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of the office. Never deleted once they have signed: deactivate instead."""

    position = models.CharField(
        _("position"),
        max_length=200,
        blank=True,
        help_text=_("As it stands in the appointment order, e.g. Director of the Finance Division"),
    )
    position_en = models.CharField(_("position in English"), max_length=200, blank=True)

    def position_in(self, language_code: str) -> str:
        """The position as text in `language_code` ("th" or "en"), Thai where English is missing."""
        return (self.position_en if language_code == "en" else "") or self.position
