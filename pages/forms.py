"""The edit forms of page types and signable snippets: what they ask, and when."""

from itertools import chain, count
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.models import Page

from cms.divisions.scope import scope_of
from cms.thai.slugs import romanised_slug
from pages.divisions import covers

_REQUIRED = _("Fill in “%(field)s”: it cannot be left empty.")
_OWN_DIVISION = _("Choose your own division: each division prepares its own content (chapter 2).")


class SignableFormMixin:
    """Lets an incomplete draft be saved; asks for all of it once it is sent to be signed.

    Members of a division choose among their own divisions only.
    """

    fields: dict[str, forms.Field]
    instance: Any
    for_user: Any
    needs_own_division = False
    is_deferred_validation: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if "required" in field.error_messages:
                field.error_messages["required"] = _REQUIRED % {"field": field.label}
        self._offer_own_divisions()

    def _offer_own_divisions(self) -> None:
        field: Any = self.fields.get("department")
        scope = scope_of(self.for_user) if field and self.for_user else None
        if scope is None or scope.everything:
            return
        if self.instance.pk and not covers(self.for_user, self.instance):
            return  # opened to be signed: locked
        divisions = field.queryset.filter(pk__in=scope.ids)
        own = divisions.filter(locale_id=self.instance.locale_id)
        choices = list(own or divisions)  # where the division has no English record
        field.widget = forms.Select(attrs=field.widget.attrs)
        field.queryset = divisions.filter(pk__in=[choice.pk for choice in choices])
        field.required, field.help_text = True, _OWN_DIVISION
        self.needs_own_division = True
        for code in ("required", "invalid_choice"):
            field.error_messages[code] = _OWN_DIVISION
        if len(choices) == 1 and not self.instance.pk:
            self.initial["department"] = choices[0].pk  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A member's draft always names a division of theirs, though drafts may lack much."""
        cleaned = super().clean() or {}  # type: ignore[misc]
        named = cleaned.get("department") or self.has_error("department")  # type: ignore[attr-defined]
        if self.needs_own_division and not named:
            self.add_error("department", _OWN_DIVISION)  # type: ignore[attr-defined]
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.is_deferred_validation:
            return
        try:
            self.instance.clean_for_signing()
        except ValidationError as error:
            self._add_errors(error)

    def _add_errors(self, error: ValidationError) -> None:
        """Each message at its field; at the top of the form where the form lacks the field."""
        for name, messages in getattr(error, "error_dict", {NON_FIELD_ERRORS: [error]}).items():
            shown_at = name if name in self.fields else None
            self.add_error(shown_at, messages)  # type: ignore[attr-defined]


class ContentPageForm(SignableFormMixin, WagtailAdminPageForm):
    """The form of every page type. The address may be left empty: it is made from the title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Makes the address here: only the form knows the parent of a page that is new."""
        cleaned = super().clean()
        if cleaned.get("title") and not cleaned.get("slug") and not self.has_error("slug"):
            cleaned["slug"] = self._free_address(romanised_slug(cleaned["title"]))
        return cleaned

    def _free_address(self, base: str) -> str:
        candidates = chain([base], (f"{base}-{number}" for number in count(2)))
        return next(
            slug
            for slug in candidates
            if Page._slug_is_available(slug, self.parent_page, self.instance)
        )


class SignableSnippetForm(SignableFormMixin, WagtailAdminModelForm):
    """The form of every signable snippet."""
