"""The records of the office in the admin's menu."""

import pytest
from django.db import models
from django.urls import reverse

from pages.models import SignableSnippet
from tests.admin import browser
from tests.office import Office

RECORDS = [model for model in SignableSnippet.__subclasses__() if not model._meta.abstract]


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_kind_of_record_stands_in_a_group_and_lists(
    open_office: Office, model: type[models.Model]
):
    viewset = model.snippet_viewset
    assert viewset.menu_item_is_registered

    response = browser(open_office.reporter).get(reverse(viewset.get_url_name("list")))

    assert response.status_code == 200


def test_menu_names_both_groups(open_office: Office):
    html = browser(open_office.reporter).get(reverse("wagtailadmin_home")).content.decode()

    for url in ("department", "banner"):
        assert f"/admin/snippets/pages/{url}/" in html
