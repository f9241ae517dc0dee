"""The screens of wagtail-localize ask for the item, not only for its kind, or for nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.models import Page
from wagtail_localize.views import edit_translation, submit_translations, update_translations

from cms.divisions.scope import scope_of
from pages.divisions import check_division, division_ids_below
from pages.record_views import check_record


def keep_to_divisions() -> None:
    """Puts our questions into its views. Called once, when the app is ready."""
    their_question = edit_translation.user_can_edit_instance

    def user_can_edit_instance(user: Any, instance: Any) -> bool:
        """Behind each field of the translation editor."""
        return their_question(user, instance) and _may_open(user, instance)

    edit_translation.user_can_edit_instance = user_can_edit_instance
    for view in (
        submit_translations.SubmitPageTranslationView,
        submit_translations.SubmitSnippetTranslationView,
    ):
        _ask_first(view, lambda item: item)
    _ask_first(
        update_translations.UpdateTranslationsView, lambda source: source.get_source_instance()
    )
    _keep_subtrees()


def _may_open(user: Any, instance: Any) -> bool:
    if isinstance(instance, Page):
        return True  # `permissions_for_user` was asked
    try:
        check_record(user, instance)
    except PermissionDenied:
        return False
    return True


def _ask_first(view: Any, item_of: Any) -> None:
    original = view.get_object

    def get_object(self: Any) -> Any:
        found = original(self)
        check_division(self.request.user, item_of(found))
        return found

    view.get_object = get_object


def _keep_subtrees() -> None:
    """A subtree is sent to be translated only by whoever works for all of its divisions."""
    view = submit_translations.SubmitTranslationView
    original = view.form_valid

    def form_valid(self: Any, form: Any) -> Any:
        if isinstance(self.object, Page) and form.cleaned_data.get("include_subtree"):
            ids = division_ids_below(self.object)
            if ids and not scope_of(self.request.user).covers_ids(ids):
                raise PermissionDenied
        return original(self, form)

    view.form_valid = form_valid
