"""Every field of every form says what to write, and errors say what to do."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from django.test import RequestFactory
from django.utils import translation
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.accounts.models import User
from pages.models import ContentPage, NewsPage, SignableSnippet

SELF_EVIDENT: set[str] = set()
STREAMS = [field.name for field in NewsPage._meta.fields if isinstance(field, StreamField)]
NO_BLOCKS = {f"{name}-count": "0" for name in STREAMS}


def types_with_forms() -> list[type[models.Model]]:
    found = [*subclasses(ContentPage), *subclasses(SignableSnippet)]
    return [model for model in found if not model._meta.abstract]


def subclasses(model: type[models.Model]) -> list[type[models.Model]]:
    return [sub for child in model.__subclasses__() for sub in [child, *subclasses(child)]]


def fields_of(panel: Any) -> Iterator[Any]:
    """Every bound field panel below `panel`, those of inline forms included."""
    if isinstance(panel, FieldPanel.BoundPanel):
        yield panel
    inline = [panel.empty_child] if hasattr(panel, "empty_child") else []
    for child in [*getattr(panel, "children", []), *inline]:
        yield from fields_of(child)


def bound_form(model: type[models.Model]) -> Any:
    """The panels of the form for a new item, as the editor binds them."""
    if issubclass(model, ContentPage):
        handler = model.get_edit_handler()
    else:
        handler = model.snippet_viewset._edit_handler
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True)
    form = handler.get_form_class()(instance=model(), for_user=request.user)
    return handler.get_bound_panel(instance=model(), request=request, form=form)


@pytest.mark.parametrize("model", types_with_forms(), ids=lambda model: model.__name__)
def test_every_field_says_what_to_write(db, model: type[models.Model]):
    panels = list(fields_of(bound_form(model)))

    silent = [p.field_name for p in panels if not str(p.help_text).strip()]

    assert panels
    assert set(silent) <= SELF_EVIDENT


def test_empty_required_field_says_which_and_what_to_do(db):
    with translation.override("en"):
        form = bound_form(NewsPage).form
        empty = {"title": "", **NO_BLOCKS}
        bound = type(form)(data=empty, instance=NewsPage(), for_user=form.for_user)

        assert "Fill in “Title”" in str(bound.errors["title"])


def test_impact_assessment_may_wait_in_a_draft(db):
    typed = {"title": "ข่าว", "kind": "general", "is_urgent": "on", "menu_order": "0"}
    typed |= NO_BLOCKS
    form_class = type(bound_form(NewsPage).form)
    user = User(is_superuser=True)

    draft = form_class(data=typed, instance=NewsPage(path="x", depth=3), for_user=user)
    draft.defer_required_fields()
    whole = form_class(data=typed, instance=NewsPage(path="x", depth=3), for_user=user)

    assert not draft.errors
    assert {"benefits", "harms", "after_effects"} <= set(whole.errors)
