"""Demonstration content, loaded through the sign-off itself."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Example content and accounts of a fictitious tambon administration."""

    name = "cms.demonstration"
