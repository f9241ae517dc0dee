"""What rows refer to by name: sections, divisions, disclosure items, as one user may use them."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from wagtail.models import Locale

from cms.divisions.scope import scope_of
from cms.importing.columns import normal
from pages.models import Department, DisclosureItem, SectionPage


class Places:
    """Looked up once for a file: rows cost no queries for what they name."""

    def __init__(self, user: Any) -> None:
        self.user, self.scope = user, scope_of(user)
        self.locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
        self._all = list(SectionPage.objects.filter(locale=self.locale).order_by("path"))
        self._sections: dict[str, list[SectionPage]] = defaultdict(list)
        self._slugs: dict[str, list[SectionPage]] = defaultdict(list)
        for section in self._all:
            for name in {path_of(section), normal(section.title), normal(section.draft_title)}:
                self._sections[name].append(section)
            self._slugs[normal(section.slug)].append(section)
        self._may_add: dict[int, bool] = {}
        self.departments = list(Department.objects.filter(locale=self.locale).order_by("-pk"))
        self._departments = {
            normal(name): department
            for department in self.departments
            for name in (department.title, department.short_title)
            if name
        }
        self._items = {
            _code(name): item
            for item in DisclosureItem.objects.filter(locale=self.locale).order_by("-sort_order")
            for name in (item.code, item.title, str(item))
        }

    def open_sections(self) -> list[SectionPage]:
        """Those in which the user may add pages, in the order of the tree."""
        return [section for section in self._all if self.may_add(section)]

    def open_paths(self) -> list[str]:
        """Their paths, as a row may give them."""
        return [path_of(section) for section in self.open_sections()]

    def sections(self, name: str) -> list[SectionPage]:
        """Those of a path (with or without the language before it) or a title."""
        path = _as_path(name)
        return self._sections.get(path, []) or self._sections.get(normal(name), [])

    def section_of_category(self, names: list[str]) -> SectionPage | None:
        """The one section that has the title or the last part of the address of a category."""
        for name in names:
            found = self._sections.get(normal(name), []) or self._slugs.get(normal(name), [])
            if len(found) == 1 and self.may_add(found[0]):
                return found[0]
        return None

    def may_add(self, section: SectionPage) -> bool:
        """Whether the user may add pages there: asked once for each section."""
        if section.pk not in self._may_add:
            tester = section.permissions_for_user(self.user)
            self._may_add[section.pk] = tester.can_add_subpage()
        return self._may_add[section.pk]

    def department(self, name: str) -> Department | None:
        """The division of a name or short name."""
        return self._departments.get(normal(name))

    def works_for(self, department_id: int | None) -> bool:
        """Whether the user works for a division; None: for what belongs to none."""
        return self.scope.covers_ids({department_id})

    def item(self, name: str) -> DisclosureItem | None:
        """The disclosure item of a code or title."""
        return self._items.get(_code(name))


def path_of(section: SectionPage) -> str:
    """The path within the language, as readers see it."""
    return "/".join(["", *section.url_path.strip("/").split("/")[1:], ""])


def _as_path(name: str) -> str:
    parts = [part for part in name.strip().split("/") if part]
    if parts and parts[0] == settings.LANGUAGE_CODE:
        parts = parts[1:]
    return "/".join(["", *parts, ""]).lower()


def _code(name: str) -> str:
    return normal(name).replace(" ", "")
