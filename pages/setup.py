"""The two front pages and the site that every installation has."""

from typing import Any

from django.db import connection
from wagtail.models import Locale, Page, Site

from pages.models import HomePage


def ensure_site(**kwargs: Any) -> None:
    """After `migrate`: creates the Thai and the English front page as drafts, once.

    Replaces the welcome page that Wagtail's own migrations leave.
    """
    if HomePage._meta.db_table not in connection.introspection.table_names():
        return  # a partial migration
    if HomePage.objects.exists():
        return
    thai, _created = Locale.objects.get_or_create(language_code="th")
    english, _created = Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2, slug="home").delete()
    root.refresh_from_db()
    home = HomePage(title="หน้าแรก", slug="th", locale=thai, live=False)
    root.add_child(instance=home)
    home.save_revision()
    in_english = home.copy_for_translation(english)
    in_english.title, in_english.slug, in_english.draft_title = "Home", "en", "Home"
    in_english.save()
    in_english.save_revision()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": "Prakat"},
    )
