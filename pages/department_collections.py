"""Each division has its own collection of images and documents, named as it is."""

from typing import Any

from django.conf import settings
from django.db import connection, transaction
from wagtail.models import Collection

from pages.media import DepartmentCollection

# Bilingual, as a collection's name cannot be translated. Wagtail calls it "Root".
ROOT_NAME = "ทั้งหน่วยงาน (Whole office)"


@transaction.atomic
def keep_collection(department: Any) -> None:
    """Makes the collection of a Thai division, or gives it the division's present short name."""
    if department.locale.language_code != settings.LANGUAGE_CODE:
        return
    name = department.short_title or department.title
    link = DepartmentCollection.objects.filter(department=department).first()
    if link is None:
        collection = Collection.get_first_root_node().add_child(instance=Collection(name=name))
        DepartmentCollection.objects.create(department=department, collection=collection)
    elif link.collection.name != name:
        link.collection.name = name
        link.collection.save(update_fields=["name"])


def ensure_collections(**kwargs: Any) -> None:
    """After `migrate`: names the root, and makes the collections that divisions lack."""
    from pages.models import Department

    if DepartmentCollection._meta.db_table not in connection.introspection.table_names():
        return  # a partial migration
    Collection.objects.filter(depth=1, name="Root").update(name=ROOT_NAME)
    for department in Department.objects.select_related("locale"):
        keep_collection(department)
