"""Code lists of the Common Alerting Protocol 1.2 (OASIS, July 2010), as an alert needs them.

Keys are the standard's own values in small letters ("all-clear" for AllClear); comments of the
standard are the labels, shortened.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AlertCategory(models.TextChoices):
    """Section 3.2.2, category."""

    GEO = "geo", _("Geophysical (landslide, earthquake)")
    MET = "met", _("Weather and flood")
    SAFETY = "safety", _("General emergency and public safety")
    SECURITY = "security", _("Security")
    RESCUE = "rescue", _("Rescue and recovery")
    FIRE = "fire", _("Fire and smoke")
    HEALTH = "health", _("Health")
    ENV = "env", _("Pollution and environment")
    TRANSPORT = "transport", _("Roads and transport")
    INFRA = "infra", _("Water, electricity and other utilities")
    CBRNE = "cbrne", _("Chemical, biological, radiological or explosive danger")
    OTHER = "other", _("Other event")


class ResponseType(models.TextChoices):
    """Section 3.2.2, responseType."""

    SHELTER = "shelter", _("Stay inside a safe place")
    EVACUATE = "evacuate", _("Leave the area")
    PREPARE = "prepare", _("Prepare")
    EXECUTE = "execute", _("Do what the instruction says")
    AVOID = "avoid", _("Avoid the place")
    MONITOR = "monitor", _("Follow the news")
    ASSESS = "assess", _("Judge for yourself")
    ALL_CLEAR = "all-clear", _("The danger is over")
    NONE = "none", _("Nothing needs to be done")


class Severity(models.TextChoices):
    """Section 3.2.2, severity, the worst first."""

    EXTREME = "extreme", _("Extreme danger")
    SEVERE = "severe", _("Severe danger")
    MODERATE = "moderate", _("Moderate danger")
    MINOR = "minor", _("Minor danger")
    UNKNOWN = "unknown", _("Danger not known yet")


class Urgency(models.TextChoices):
    """Section 3.2.2, urgency."""

    IMMEDIATE = "immediate", _("Act at once")
    EXPECTED = "expected", _("Act within an hour")
    FUTURE = "future", _("Act in the near future")
    PAST = "past", _("No need to act any more")
    UNKNOWN = "unknown", _("Urgency not known")


class Certainty(models.TextChoices):
    """Section 3.2.2, certainty."""

    OBSERVED = "observed", _("It is happening, or has happened")
    LIKELY = "likely", _("Likely (more than 50 per cent)")
    POSSIBLE = "possible", _("Possible")
    UNLIKELY = "unlikely", _("Not expected to happen")
    UNKNOWN = "unknown", _("Certainty not known")


class MessageType(models.TextChoices):
    """Section 3.2.1, msgType, as much of it as is for the public."""

    ALERT = "alert", _("New alert")
    UPDATE = "update", _("Update of an alert")
    CANCEL = "cancel", _("End of an alert")
