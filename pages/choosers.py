"""Wagtail's choosers: uploads begin with the division's collection, labels keep to the language."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.text import format_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents.views import chooser as document_chooser
from wagtail.images.views import chooser as image_chooser
from wagtail.models import Collection, Page

# The editors from which a chooser is opened, and the argument that names a page with a division.
_EDITORS = {"wagtailadmin_pages:edit": "page_id", "wagtailadmin_pages:add": "parent_page_id"}


def collection_for(request: HttpRequest) -> Collection | None:
    """The collection of the division whose page is open in the editor that asks.

    A new page goes by the page above it. None where the page names no division. The browser says
    which editor it is (Referer): it decides on a default only, never on a permission.
    """
    page = _page_in_editor(urlsplit(request.headers.get("Referer", "")).path)
    department = getattr(page, "department", None)
    if department is None:
        return None
    return Collection.objects.filter(
        departmentcollection__department__translation_key=department.translation_key
    ).first()


def _page_in_editor(path: str) -> Any:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    page_id = match.kwargs.get(_EDITORS.get(match.view_name, ""))
    page = Page.objects.filter(pk=page_id).first() if page_id else None
    return page.get_latest_revision_as_object() if page and not page.is_root() else None


class DivisionFirstMixin:
    """A chooser whose upload form begins with the collection of the page's division."""

    request: HttpRequest

    def get_creation_form(self) -> Any:
        """Wagtail's form; the person may choose another collection in it."""
        form = super().get_creation_form()  # type: ignore[misc]
        if form and not form.is_bound and "collection" in form.fields:
            collection = collection_for(self.request)
            if collection and collection in form.collections:
                form.initial["collection"] = collection.pk
        return form


class ImageChooseView(DivisionFirstMixin, image_chooser.ImageChooseView):
    """The image chooser."""


class DocumentChooseView(DivisionFirstMixin, document_chooser.DocumentChooseView):
    """The document chooser."""


def begin_with_division() -> None:
    """Puts both views into Wagtail's choosers. Called before their addresses are made."""
    image_chooser.viewset.choose_view_class = ImageChooseView
    document_chooser.viewset.choose_view_class = DocumentChooseView


def speak_each_language() -> None:
    """Lets a page chooser say in the user's language what it wants; called once.

    Wagtail puts "Choose a page (type)" together once, in the language of whoever came first.
    """
    original = AdminPageChooser.__init__

    def __init__(self: AdminPageChooser, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        if "choose_one_text" in vars(self):
            kind = self.model._meta.verbose_name
            self.choose_one_text = format_lazy("{} ({})", type(self).choose_one_text, kind)

    AdminPageChooser.__init__ = __init__
