"""Evidence on another site of the same installation is given with that site's address."""

from cms.assessors.checking import check_evidence
from cms.assessors.comparing import State
from cms.publication.models import Address
from tests.api.test_sites import clinic  # noqa: F401 (a fixture)
from tests.assessors.answering import answered, submitted, year_list
from tests.office import Office


def test_page_of_another_site_is_frozen_and_checked_at_its_own_address(
    open_office: Office,
    clinic,  # noqa: F811
):
    address = Address.objects.get(path="/news/", root=clinic.root_page.translation_key)
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", address)

    row = submitted(open_office, assessment)
    check_evidence(delay=0)

    (frozen,) = row.data["items"][0]["addresses"]
    assert (frozen["url"], frozen["title"]) == ("http://clinic.test/th/news/", "ข่าวคลินิก")
    assert [one.state for one in row.checks.all()] == [State.SAME]
