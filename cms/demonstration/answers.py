"""Example answers to assessors for one year, proposed from what is public, and submitted."""

from collections.abc import Iterator

from cms.assessors.answers import prefill, save_answer
from cms.assessors.freezing import Draft
from cms.assessors.models import Answer
from cms.assessors.submitting import SubmissionForm, submit
from cms.demonstration.staff import Staff
from cms.oversight.models import Assessment

FRAMEWORK, YEAR = "ita-oit", 2566
_WORDS = {
    "th": "(ตัวอย่าง) คำตอบนี้จัดทำขึ้นเพื่อสาธิตระบบ",
    "en": "(Example) This answer was written to demonstrate the system.",
}


def load_answers(staff: Staff) -> Iterator[str]:
    """What has pages is answered yes, the rest no; yields the name of the list."""
    assessment = Assessment.objects.get(framework__key=FRAMEWORK, fiscal_year=YEAR)
    clerk = staff.clerks["administrator"]
    prefill(assessment, clerk.user)
    answers = Answer.objects.filter(item__assessment=assessment).select_related("item")
    for answer in answers.prefetch_related("addresses__address"):
        places = [one.address or one.url for one in answer.addresses.all()]
        value = Answer.Value.YES if places else Answer.Value.NO
        save_answer(answer.item, clerk.user, value, _WORDS, places)
    draft = Draft.read(assessment)
    typed = {
        "full_name": clerk.user.get_full_name(),
        "position": clerk.user.position,
        "password": clerk.password,
        "content_hash": draft.content_hash,
    }
    form = SubmissionForm(typed, signer=clerk.user, draft=draft)
    if not form.is_valid():
        raise RuntimeError(form.errors.as_text())
    submit(assessment, clerk.user, form.token())
    yield str(assessment)
