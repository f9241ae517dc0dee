"""Verbs that give an office a list of a year, answers to it, and submissions."""

from typing import Any

from cms.assessors.answers import save_answer
from cms.assessors.freezing import Draft
from cms.assessors.models import Submission
from cms.assessors.submitting import SubmissionForm, submit
from cms.demonstration.clerk import Clerk
from cms.oversight.models import Assessment, AssessmentItem, Component, Framework
from cms.publication.models import Address
from tests.office import PASSWORD, Office


def year_list(*codes: str, year: int = 2566, key: str = "test-list") -> Assessment:
    """A list with these items, without components."""
    framework, _made = Framework.objects.get_or_create(
        key=key, defaults={"title_th": "รายการทดสอบ", "title_en": "Test list"}
    )
    made = Assessment.objects.create(framework=framework, fiscal_year=year)
    for order, code in enumerate(codes):
        AssessmentItem.objects.create(
            assessment=made, code=code, title_th=f"ข้อ {code}", sort_order=order, group="ตัวชี้วัด"
        )
    return made


def asking_for(assessment: Assessment, code: str, disclosure_codes: str, **fields: Any) -> None:
    """Lets an item of a list ask for disclosure items."""
    item = assessment.items.get(code=code)
    Component.objects.create(item=item, title_th="ส่วน", disclosure_codes=disclosure_codes, **fields)


def answered(
    office: Office, assessment: Assessment, code: str, *places: Address | str, **texts: str
) -> None:
    """Answers one item: yes with addresses, no without."""
    texts = {"th": "", "en": "", **texts}
    value = "yes" if places else "no"
    user = office.administrator.user
    save_answer(assessment.items.get(code=code), user, value, texts, places)


def address_of(item: Any) -> Address:
    """The address of a published page."""
    return Address.objects.get(subject=item.translation_key, locale=item.locale.language_code)


def token_of(clerk: Clerk, assessment: Assessment) -> str:
    """What the form of the act makes of the password."""
    draft = Draft.read(assessment)
    typed = {
        "full_name": clerk.user.get_full_name(),
        "position": clerk.user.position,
        "password": PASSWORD,
        "content_hash": draft.content_hash,
    }
    form = SubmissionForm(typed, signer=clerk.user, draft=draft)
    assert form.is_valid(), form.errors
    return form.token()


def submitted(office: Office, assessment: Assessment, clerk: Clerk | None = None) -> Submission:
    """Submits a year's answers, by the administrator if by nobody else."""
    clerk = clerk or office.administrator
    return submit(assessment, clerk.user, token_of(clerk, assessment))
