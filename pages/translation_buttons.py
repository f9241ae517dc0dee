"""The translation buttons in lists of pages; wagtail-localize's own ask twice for every row."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.admin.widgets.button import ListingButton
from wagtail.models import Page
from wagtail_localize import wagtail_hooks as localize_hooks
from wagtail_localize.models import TranslationSource


def replace_listing_buttons() -> None:
    """Puts our buttons in the place of wagtail-localize's in the lists of pages."""
    registered = hooks._hooks["register_page_listing_more_buttons"]
    theirs = localize_hooks.page_listing_more_buttons
    registered[:] = [entry for entry in registered if entry[0] is not theirs]
    hooks.register("register_page_listing_more_buttons", translation_buttons)


def note_sources(pages: Iterable[Page]) -> None:
    """Notes on each page of a list, with one query, whether translations are made from it."""
    pages = list(pages)
    rows = TranslationSource.objects.filter(
        object_id__in={page.translation_key for page in pages}, translations__enabled=True
    ).values_list("object_id", "locale_id", "pk")
    sources = {(subject, locale): pk for subject, locale, pk in rows}
    for page in pages:
        page.translation_source_id = sources.get((page.translation_key, page.locale_id))


def translation_buttons(
    page: Page, user: Any, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """ "Translate" and "bring translations up to date", in the menu of a row."""
    if not hasattr(page, "translation_source_id") or not hasattr(page, "_has_untranslated_locale"):
        yield from localize_hooks.page_listing_more_buttons(page, user, view_name, next_url)
        return
    if page.is_root() or not user.has_perm("wagtail_localize.submit_translation"):
        return
    if page._has_untranslated_locale:
        source = page.alias_of_id or page.pk
        url = reverse("wagtail_localize:submit_page_translation", args=[source])
        icon = "wagtail-localize-language"
        yield ListingButton(_("Translate this page"), url, priority=60, icon_name=icon)
    if page.translation_source_id:
        url = reverse("wagtail_localize:update_translations", args=[page.translation_source_id])
        query = f"?{urlencode({'next': next_url})}" if next_url else ""
        label = _("Sync translated pages")
        yield ListingButton(label, url + query, priority=60, icon_name="resubmit")
