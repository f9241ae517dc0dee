"""The app of signatures: who signed which content, in which role, when."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class SignoffConfig(AppConfig):
    """Keeps the roles present, and watches every revision that anything writes."""

    name = "cms.signoff"
    verbose_name = _("Sign-off")

    def ready(self) -> None:
        from wagtail.models import Revision
        from wagtail.signals import task_submitted, workflow_cancelled

        from cms.signoff.flags import on_step_started
        from cms.signoff.release_signing import on_run_cancelled
        from cms.signoff.rounds import on_revision_saved
        from cms.signoff.setup import ensure_roles

        post_migrate.connect(ensure_roles, sender=self, dispatch_uid="signoff.ensure_roles")
        workflow_cancelled.connect(on_run_cancelled, dispatch_uid="signoff.run_cancelled")
        task_submitted.connect(on_step_started, dispatch_uid="signoff.step_started")
        post_save.connect(on_revision_saved, sender=Revision, dispatch_uid="signoff.revision")
