"""Columns of lists in the admin that say whether a link answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn

from cms.oversight.addresses import normal_url
from cms.oversight.models import LinkCheck


class LinkStateColumn(BaseColumn):
    """The latest check of a record's `url`: one query for the whole list."""

    cell_template_name = "oversight/link_state_cell.html"

    def __init__(self) -> None:
        super().__init__("link_state", label=_("does it answer"))

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """With the check, or None before the first."""
        table = parent_context["table"]
        if not hasattr(table, "link_checks"):
            urls = {normal_url(row.url) for row in table.data}
            found = LinkCheck.objects.filter(url__in=urls, checked_at__isnull=False)
            table.link_checks = {check.url: check for check in found}
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "check": table.link_checks.get(normal_url(instance.url))}
