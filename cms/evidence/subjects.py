"""Which item a request form is asked for: by its publication, its signing step, or its draft."""

from typing import Any

from django.apps import apps
from django.urls import reverse
from wagtail.models import Page, TaskState, TranslatableMixin, WorkflowMixin

from cms.publication.models import Publication

PUBLICATION = "publication"
STEP = "step"


def draft_of(kind: str, pk: str) -> Any:
    """The page or snippet that `kind` and `pk` in an address name; None where there is none."""
    if not pk.isdecimal():
        return None
    if kind == STEP:
        step = TaskState.objects.filter(pk=int(pk)).select_related("workflow_state").first()
        return step.workflow_state.content_object if step else None
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    if not (issubclass(model, WorkflowMixin) and issubclass(model, TranslatableMixin)):
        return None
    return model._default_manager.filter(pk=int(pk)).first()


def form_url(subject: Publication | TaskState | Any, language: str = "th") -> str:
    """Where the request form of a publication, a signing step, or a page or snippet is."""
    if isinstance(subject, Publication):
        kind = PUBLICATION
    elif isinstance(subject, TaskState):
        kind = STEP
    else:
        kind = "wagtailcore.page" if isinstance(subject, Page) else subject._meta.label_lower
    address = reverse("evidence:request_form", args=[kind, subject.pk])
    return address if language == "th" else f"{address}?language={language}"
