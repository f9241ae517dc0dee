"""Alternative text: every picture says what it shows, or that it only decorates.

A picture of a model is a foreign key `<name>` to the images with a text `<name>_alt` beside it and
a box `<name>_is_decorative`. Pictures in a page's body are Wagtail's ImageBlock, which has its own.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from pages.media import OfficeImage


def pictures_of(model: type[models.Model]) -> list[str]:
    """The names of the pictures of a model that need an alternative text."""
    names = {field.name for field in model._meta.get_fields()}
    return [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and issubclass(field.related_model, OfficeImage)  # type: ignore[arg-type]
        and f"{field.name}_alt" in names
    ]


def check_alternative_text(instance: models.Model, name: str) -> None:
    """Raises `ValidationError` at `<name>_alt` for a picture without text that is not decorative.

    The Government Website Standard and WCAG 2.2 (1.1.1) ask for it.
    """
    has_picture = getattr(instance, f"{name}_id") is not None
    is_decorative = getattr(instance, f"{name}_is_decorative", False)
    if has_picture and not is_decorative and not getattr(instance, f"{name}_alt").strip():
        message = _(
            "Write what the picture shows, for those who cannot see it. Where it only decorates "
            "and says nothing, tick the box for that instead."
        )
        raise ValidationError({f"{name}_alt": message})


def check_alternative_texts(instance: models.Model) -> None:
    """The same for every picture of `instance`, with all messages at once."""
    errors: dict[str, Any] = {}
    for name in pictures_of(type(instance)):
        try:
            check_alternative_text(instance, name)
        except ValidationError as error:
            error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)
