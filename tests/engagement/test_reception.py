"""What citizens send is taken whole, or refused with nothing stored and nothing lost."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from cms.engagement.guard import LIMITS, MAX_SECONDS
from cms.engagement.models import Case, CaseEvent, CaseFile
from cms.engagement.reception import Receipt, Refusal, receipt, receive, status
from cms.engagement.references import ALPHABET, normal_reference
from tests.engagement.standing import (
    CLIENT,
    DAY,
    EMAIL,
    NAME,
    PICTURE,
    TELEPHONE,
    WORDS,
    Form,
    asks,
    picture,
)


def value_of(case: Case, asked: dict[str, Any]) -> Any:
    return next(a["value"] for a in case.answers if a["id"] == asked["id"])


def test_form_becomes_a_case(question_form: Form):
    result = question_form.send()

    assert isinstance(result, Receipt)
    case = Case.objects.get()
    assert case.reference == result.reference
    assert (case.channel, case.state, case.locale) == ("question", "new", "th")
    assert case.content_hash == question_form.publication.content_hash
    assert value_of(case, WORDS) == "ไฟถนนดับหน้าตลาด"
    assert CaseEvent.objects.get().kind == "received"


def test_reference_names_channel_and_fiscal_year_and_cannot_be_guessed(question_form: Form):
    letter_and_year, first, second = question_form.send().reference.split("-")

    assert letter_and_year[0] == "Q"
    assert set(first + second) <= set(ALPHABET)
    assert not set("01ILOU") & set(ALPHABET)


def test_reference_is_found_however_it_was_typed(question_form: Form):
    reference = question_form.send().reference

    assert normal_reference(f" {reference.lower().replace('-', ' ')} ") == reference
    assert normal_reference("nonsense") == ""


def test_case_keeps_the_questions_as_they_stood(question_form: Form):
    question_form.send()
    question_form.publish(form_fields=[asks("single_line_field", "อื่น")])

    assert [a["label"] for a in Case.objects.get().answers][:2] == ["ชื่อ", "ข้อความ"]


def test_period_runs_from_the_day_of_receipt(question_form: Form):
    question_form.send()

    assert Case.objects.get().delete_after == timezone.localdate() + datetime.timedelta(days=90)


def test_thai_digits_and_buddhist_years_are_understood(question_form: Form):
    question_form.send(
        question_form.typed(**{TELEPHONE["id"]: "๐๘ ๑๒๓๔ ๕๖๗๘", DAY["id"]: "๒๔/๑๑/๒๕๖๙"})
    )

    case = Case.objects.get()
    assert case.telephone == "08 1234 5678"
    assert value_of(case, DAY) == "2026-11-24"
    assert ("วันที่", "24 พฤศจิกายน 2569") in receipt(case.receipt_token).facts


def test_text_is_kept_in_nfc_without_invisible_characters(question_form: Form):
    question_form.send(question_form.typed(**{WORDS["id"]: "น้ำ\u0000ท่วม\u202e cafe\u0301"}))

    assert value_of(Case.objects.get(), WORDS) == "น้ำท่วม café"


def test_refused_form_stores_no_case_and_names_every_field(question_form: Form):
    result = question_form.send(
        question_form.typed(**{NAME["id"]: "", EMAIL["id"]: "ไม่ใช่", DAY["id"]: "31/02/2569"})
    )

    assert isinstance(result, Refusal)
    assert set(result.errors) == {NAME["id"], EMAIL["id"], DAY["id"]}
    assert not Case.objects.exists()
    assert not CaseEvent.objects.exists()


def test_file_of_a_refused_form_is_kept_for_the_next_attempt(question_form: Form):
    refused = question_form.send(
        question_form.typed(**{NAME["id"]: ""}), {PICTURE["id"]: [picture("บ่อ.png")]}
    )
    (kept,) = refused.staged[PICTURE["id"]]

    question_form.send(question_form.typed(**{f"{PICTURE['id']}-staged": [kept.token]}))

    file = Case.objects.get().files.get()
    assert (kept.filename, file.filename) == ("บ่อ.png", "บ่อ.png")
    assert value_of(Case.objects.get(), PICTURE) == ["บ่อ.png"]
    assert CaseFile.storage().exists(file.storage_name)


def test_kept_file_is_kept_through_several_refusals(question_form: Form):
    wrong = {NAME["id"]: ""}
    first = question_form.send(question_form.typed(**wrong), {PICTURE["id"]: [picture()]})
    token = first.staged[PICTURE["id"]][0].token

    second = question_form.send(question_form.typed(**wrong, **{f"{PICTURE['id']}-staged": token}))

    assert len(second.staged[PICTURE["id"]]) == 1
    assert CaseFile.objects.count() == 1


@pytest.mark.parametrize("forge", [lambda token: "forged", lambda token: token[:-2] + "xx"])
def test_forged_token_of_a_kept_file_brings_nothing(question_form: Form, forge: Callable):
    refused = question_form.send(
        question_form.typed(**{NAME["id"]: ""}), {PICTURE["id"]: [picture()]}
    )
    token = forge(refused.staged[PICTURE["id"]][0].token)

    question_form.send(question_form.typed(**{f"{PICTURE['id']}-staged": token}))

    assert not Case.objects.get().files.exists()


def test_kept_file_belongs_to_its_form_alone(question_form: Form, corruption_form: Form):
    refused = question_form.send(
        question_form.typed(**{NAME["id"]: ""}), {PICTURE["id"]: [picture()]}
    )
    token = refused.staged[PICTURE["id"]][0].token

    corruption_form.send(corruption_form.typed(**{f"{PICTURE['id']}-staged": token}))

    assert not Case.objects.get().files.exists()


def test_same_form_sent_twice_is_one_case(question_form: Form):
    typed = question_form.typed()

    assert question_form.send(typed) == question_form.send(typed)
    assert Case.objects.count() == 1


def test_same_form_with_other_words_is_another_case(question_form: Form):
    typed = question_form.typed()
    question_form.send(typed)
    question_form.send({**typed, WORDS["id"]: "อีกเรื่อง"})

    assert Case.objects.count() == 2


def test_trap_for_machines_refuses(question_form: Form):
    result = question_form.send(question_form.typed(homepage="https://spam.example"))

    assert list(result.errors) == [""]
    assert not Case.objects.exists()


def test_form_sent_too_quickly_may_be_sent_again_with_its_token(
    question_form: Form, travel: Callable
):
    typed = question_form.typed(token=question_form.token(seconds_ago=0))
    refused = question_form.send(typed)
    travel(seconds=5)

    assert refused.token == typed["token"]
    assert isinstance(question_form.send(typed), Receipt)


@pytest.mark.parametrize("seconds_ago", [MAX_SECONDS + 60])
def test_form_that_was_open_too_long_gets_a_new_token(question_form: Form, seconds_ago: int):
    old = question_form.token(seconds_ago)
    refused = question_form.send(question_form.typed(token=old))

    assert isinstance(refused, Refusal)
    assert refused.token not in ("", old)


@pytest.mark.parametrize("token", ["", "forged"])
def test_form_without_its_token_is_refused(question_form: Form, token: str):
    refused = question_form.send(question_form.typed(token=token))

    assert list(refused.errors) == [""]
    assert refused.token


def test_token_of_another_form_is_refused(question_form: Form, corruption_form: Form):
    refused = question_form.send(question_form.typed(token=corruption_form.token()))

    assert isinstance(refused, Refusal)


def test_form_that_changed_meanwhile_must_be_looked_at_again(question_form: Form):
    typed = question_form.typed()
    question_form.publish(purpose="วัตถุประสงค์ใหม่")

    assert isinstance(question_form.send(typed), Refusal)
    assert not Case.objects.exists()


def test_too_many_cases_of_one_client_are_refused_in_words(question_form: Form):
    for number in range(LIMITS["case"]):
        question_form.send(question_form.typed(**{WORDS["id"]: f"เรื่องที่ {number}"}))

    refused = question_form.send()

    assert list(refused.errors) == [""]
    assert Case.objects.count() == LIMITS["case"]
    assert isinstance(question_form.send(client="198.51.100.9"), Receipt)


def test_limit_ends_with_the_hour(question_form: Form, travel: Callable):
    for number in range(LIMITS["case"]):
        question_form.send(question_form.typed(**{WORDS["id"]: f"เรื่องที่ {number}"}))
    travel(seconds=3600)

    assert isinstance(question_form.send(), Receipt)


def test_client_is_not_kept(corruption_form: Form, django_assert_num_queries: Any):
    corruption_form.send()

    assert CLIENT not in str(list(Case.objects.values()))
    assert CLIENT not in str(list(CaseEvent.objects.values()))


def test_withdrawn_form_takes_nothing(question_form: Form):
    typed = question_form.typed()
    type(question_form.publication).objects.filter(subject=question_form.subject).update(
        withdrawn_at=timezone.now()
    )

    assert isinstance(question_form.send(typed), Refusal)


@pytest.mark.parametrize("subject", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_form_takes_nothing(open_office: Any, subject: str):
    assert isinstance(receive(subject, "th", {}, {}, CLIENT), Refusal)


def test_page_that_is_no_form_takes_nothing(open_office: Any):
    subject = str(open_office.news.translation_key)

    assert isinstance(receive(subject, "th", {}, {}, CLIENT), Refusal)


@pytest.mark.parametrize(("opens", "closes"), [(1, None), (None, -1), (1, 2), (-2, -1)], ids=str)
def test_nothing_is_taken_outside_the_period(open_office: Any, opens: Any, closes: Any):
    today = timezone.localdate()
    days = [day if day is None else today + datetime.timedelta(days=day) for day in (opens, closes)]
    form = Form("form", accepts_from=days[0], accepts_until=days[1])

    assert list(form.send().errors) == [""]


def test_first_and_last_day_belong_to_the_period(open_office: Any):
    today = timezone.localdate()

    assert isinstance(Form("opinion", accepts_from=today, accepts_until=today).send(), Receipt)


def test_consent_is_asked_where_the_form_needs_it(open_office: Any):
    form = Form("form", needs_consent=True)

    assert set(form.send().errors) == {"consent"}
    assert isinstance(form.send(form.typed(consent="on")), Receipt)
    assert Case.objects.get().has_consented


def test_consent_is_not_asked_where_law_is_the_basis(question_form: Form):
    question_form.send(question_form.typed(consent="on"))

    assert not Case.objects.get().has_consented


def test_who_reports_corruption_may_stay_unknown(open_office: Any):
    form = Form("corruption", form_fields=[WORDS, asks("email_field", required=True)])
    typed = {"token": form.token(), WORDS["id"]: "เรื่อง", "anonymous": "on"}

    form.send(typed)

    case = Case.objects.get()
    assert case.is_anonymous
    assert (case.email, case.telephone) == ("", "")


def test_contacts_of_who_stays_unknown_are_not_kept(corruption_form: Form):
    corruption_form.send(
        corruption_form.typed(anonymous="on", **{EMAIL["id"]: "somying@example.com"})
    )

    assert "somying" not in str(list(Case.objects.values()))


def test_elsewhere_contacts_are_asked_unless_the_office_allows_it(open_office: Any):
    fields = [WORDS, asks("email_field", required=True)]
    form = Form("complaint", form_fields=fields)
    typed = {"token": form.token(), WORDS["id"]: "เรื่อง", "anonymous": "on"}

    assert set(form.send(typed).errors) == {fields[1]["id"]}


@pytest.mark.parametrize(
    ("kind", "good", "stored", "bad"),
    [
        ("number_field", "๑,๒๕๐.๕", "1250.5", "มาก"),
        ("telephone_field", "+66 (0)38-123-456 ต่อ ๑๒", "+66 (0)38-123-456 ต่อ 12", "ไม่มี"),
        ("date_field", "24 พ.ย. 2569", "2026-11-24", "24/11/69"),
        ("date_field", "2569-02-29", None, "29/02/2569"),
        ("date_field", "29/2/2567", "2024-02-29", "2026-13-01"),
        ("email_field", " a@example.com ", "a@example.com", "a@"),
        ("single_line_field", "ก", "ก", "ก" * 501),
        ("checkbox_field", "on", True, None),
    ],
)
def test_each_kind_reads_what_people_type(
    open_office: Any, kind: str, good: str, stored: Any, bad: str | None
):
    field = asks(kind)
    form = Form("form", form_fields=[field])

    if stored is not None:
        form.send({"token": form.token(), field["id"]: good})
        assert value_of(Case.objects.get(), field) == stored
    if bad is not None:
        assert set(form.send({"token": form.token(), field["id"]: bad}).errors) == {field["id"]}


@pytest.mark.parametrize(
    ("kind", "good"),
    [("dropdown_field", "น้ำ"), ("radio_field", "น้ำ"), ("checkboxes_field", ["น้ำ", "ไฟ"])],
)
def test_choices_are_those_of_the_form(open_office: Any, kind: str, good: Any):
    field = asks(kind, choices=["น้ำ", "ไฟ"])
    form = Form("form", form_fields=[field])
    form.send({"token": form.token(), field["id"]: good})

    refused = form.send({"token": form.token(), field["id"]: "อื่น"})

    assert value_of(Case.objects.get(), field) == good
    assert set(refused.errors) == {field["id"]}


def test_status_tells_the_state_and_nothing_of_the_case(question_form: Form):
    sent = question_form.send()

    found = status(sent.reference.lower(), CLIENT)

    assert (found.state, found.answer, found.reference) == ("new", "", sent.reference)
    assert "สมหญิง" not in str(found)
    assert "ไฟถนน" not in str(found)


def test_reference_numbers_cannot_be_tried_out(question_form: Form):
    reference = question_form.send().reference
    for _attempt in range(LIMITS["lookup"]):
        status("Q70-2222-2222", CLIENT)

    assert status(reference, CLIENT).is_limit
    assert status(reference, "198.51.100.9").state == "new"


def test_receipt_is_found_by_its_token_alone(question_form: Form):
    sent = question_form.send()

    assert receipt(sent.token).reference == sent.reference
    assert receipt(sent.reference) is None
    assert receipt("") is None
    assert sent.reference not in sent.token


def test_errors_are_in_the_language_of_the_form(open_office: Any):
    form = Form("question", locale="en")

    refused = form.send(form.typed(**{NAME["id"]: ""}))

    assert refused.errors[NAME["id"]] == ["Please fill this in."]


def test_picture_is_stored_without_the_place_where_it_was_taken(question_form: Form):
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (12.0, 30.0, 0.0)}
    exif[0x010F] = "SecretCamera"
    Image.new("RGB", (80, 60), "teal").save(buffer, "JPEG", exif=exif)

    question_form.send(files={PICTURE["id"]: [picture("a.jpg", buffer.getvalue())]})

    file = CaseFile.objects.get()
    with CaseFile.storage().open(file.storage_name) as stream:
        content = stream.read()
    assert b"SecretCamera" in buffer.getvalue()
    assert b"SecretCamera" not in content
    assert not Image.open(io.BytesIO(content)).getexif()
