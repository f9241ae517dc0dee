"""Alerts in the admin: from a template to both signatures, changes, and the lists."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cms.publication.models import Publication
from cms.signoff.models import Signature
from cms.signoff.roles import CHECKLISTS, Role
from pages.models import Alert
from tests.admin import browser
from tests.alerts.alerting import BLANKS, draft, message_of, released, template
from tests.office import PASSWORD, Office


def alert_url(alert: Alert) -> str:
    return reverse("alerts:alert", args=[alert.pk])


def filled_in(made: Any, **changes: str) -> dict[str, str]:
    """The blanks of a template, as they are typed."""
    blanks = {f"blank_{place}": BLANKS[name] for place, name in enumerate(made.blanks)}
    return {**blanks, "severity": "severe", "hours": "6", **changes}


def signature(client: Any, alert: Alert, user: Any, role: Role, **changes: str) -> dict[str, str]:
    """What a person types into the form that stands on the page of the alert."""
    html = BeautifulSoup(client.get(alert_url(alert)).content, "html.parser")
    content_hash = html.select_one("form#approve [name=content_hash]")
    assert content_hash
    return {
        "action": "approve",
        "content_hash": str(content_hash["value"]),
        "full_name": user.get_full_name(),
        "position": user.position,
        "password": PASSWORD,
        **{f"check_{key}": "on" for key in CHECKLISTS[role]},
        **changes,
    }


def test_alert_is_public_after_a_form_and_two_signatures(open_office: Office):
    made = template()
    issuer, releaser = browser(open_office.reporter), browser(open_office.executive)

    answer = issuer.post(reverse("alerts:fill", args=[made.pk]), filled_in(made))
    alert = Alert.objects.get()
    assert answer.url == alert_url(alert)
    user = open_office.reporter.user
    issuer.post(answer.url, signature(issuer, alert, user, Role.ALERT_ISSUER))
    assert not Publication.objects.filter(subject=alert.translation_key).exists()
    assert alert_url(alert) in releaser.get(reverse("wagtailadmin_home")).content.decode()
    user = open_office.executive.user
    releaser.post(answer.url, signature(releaser, alert, user, Role.ALERT_RELEASER))

    assert message_of(alert).title == alert.title


def test_empty_blank_is_asked_for(open_office: Office):
    made = template()
    typed = filled_in(made, blank_0=" ")

    answer = browser(open_office.reporter).post(reverse("alerts:fill", args=[made.pk]), typed)

    assert answer.status_code == 200
    assert not Alert.objects.exists()


def test_thai_typed_into_the_english_text_is_refused(open_office: Office):
    made = template()
    english = f"blank_{made.blanks.index('place')}"
    typed = filled_in(made, **{english: "บ้านหนองปลา"})

    answer = browser(open_office.reporter).post(reverse("alerts:fill", args=[made.pk]), typed)

    assert answer.status_code == 200
    assert not Alert.objects.exists()


@pytest.mark.parametrize("changes", [{"password": "wrong"}, {"check_source": ""}, {"password": ""}])
def test_wrong_signature_starts_no_run(open_office: Office, changes: dict):
    alert, issuer = draft(open_office), browser(open_office.reporter)
    before = Signature.objects.count()
    user = open_office.reporter.user

    answer = issuer.post(
        alert_url(alert), signature(issuer, alert, user, Role.ALERT_ISSUER, **changes)
    )

    assert answer.status_code == 200
    assert Signature.objects.count() == before
    assert open_office.fresh(alert).current_workflow_state is None


def test_first_signer_is_not_offered_the_second_signature(open_office: Office):
    alert = draft(open_office)
    open_office.approver.submit(alert)
    open_office.approver.sign(alert)

    html = browser(open_office.approver).get(alert_url(alert)).content.decode()

    assert 'id="approve"' not in html


def test_hand_made_second_signature_of_the_first_signer(open_office: Office):
    alert, client = draft(open_office), browser(open_office.approver)
    user = open_office.approver.user
    typed = signature(client, alert, user, Role.ALERT_ISSUER)
    client.post(alert_url(alert), typed)
    before = Signature.objects.count()

    client.post(alert_url(alert), {**typed, "check_read": "on", "check_now": "on"})

    assert Signature.objects.count() == before
    assert not Publication.objects.filter(subject=alert.translation_key).exists()


@pytest.mark.parametrize("role", ["translator", "overseer"])
def test_others_issue_nothing(open_office: Office, role: str):
    made = template()

    browser(getattr(open_office, role)).post(
        reverse("alerts:fill", args=[made.pk]), filled_in(made)
    )

    assert not Alert.objects.exists()


def test_page_of_alerts_is_closed_to_who_may_not_see_them(open_office: Office):
    answer = browser(open_office.translator).get(reverse("alerts:index"))

    assert answer.status_code == 302


def test_returned_alert_is_corrected_and_signed_again(open_office: Office):
    alert = draft(open_office)
    open_office.reporter.submit(alert)
    open_office.reporter.sign(alert)
    open_office.approver.sign(alert, "reject", "ระบุหมู่บ้านให้ชัด")
    client, user = browser(open_office.reporter), open_office.reporter.user

    client.post(reverse("alerts:edit", args=[alert.pk]), edited(alert, area="หมู่ 3 และหมู่ 4"))
    client.post(alert_url(alert), signature(client, alert, user, Role.ALERT_ISSUER))
    open_office.approver.sign(alert)

    assert message_of(alert).data["fields"]["area"] == "หมู่ 3 และหมู่ 4"


def test_alert_that_is_being_signed_is_not_changed(open_office: Office):
    alert = draft(open_office)
    open_office.reporter.submit(alert)
    open_office.reporter.sign(alert)
    revision = open_office.fresh(alert).latest_revision_id

    browser(open_office.publisher).post(
        reverse("alerts:edit", args=[alert.pk]), edited(alert, area="หมู่ 9")
    )

    assert open_office.fresh(alert).latest_revision_id == revision


@pytest.mark.parametrize("change", ["update", "cancel"])
def test_alert_in_force_is_updated_and_ended(open_office: Office, change: str):
    alert = released(open_office)
    client, user = browser(open_office.reporter), open_office.reporter.user
    url = reverse("alerts:change", args=[alert.pk, change])
    form = BeautifulSoup(client.get(url).content, "html.parser").select_one("form.alert-form")
    assert form

    client.post(url, values_of(form))
    client.post(alert_url(alert), signature(client, alert, user, Role.ALERT_ISSUER))
    open_office.approver.sign(alert)

    fields = message_of(alert).data["fields"]
    assert fields["message_type"] == change
    assert (fields["response_type"] == "all-clear") == (change == "cancel")


@pytest.mark.parametrize("name", ["index", "choose"])
def test_pages_answer(open_office: Office, name: str):
    released(open_office)

    assert browser(open_office.reporter).get(reverse(f"alerts:{name}")).status_code == 200


def test_alert_is_not_offered_for_translation(open_office: Office):
    draft(open_office)
    url = reverse("wagtailsnippets_pages_alert:list")

    assert "/localize/submit/" not in browser(open_office.reporter).get(url).content.decode()


def test_signing_screen_of_the_queue_shows_both_languages(open_office: Office):
    alert = draft(open_office)
    open_office.reporter.submit(alert)
    open_office.reporter.sign(alert)
    client, step = (
        browser(open_office.approver),
        open_office.fresh(alert).current_workflow_task_state,
    )
    url = reverse("moderation:sign", args=[step.pk])

    frames = BeautifulSoup(client.get(url).content, "html.parser").select("iframe")

    shown = "".join(client.get(str(frame["src"])).content.decode() for frame in frames)
    assert alert.title in shown
    assert alert.headline_en in shown


def edited(alert: Alert, **changes: str) -> dict[str, str]:
    """The form of the whole text, with some of it changed."""
    from cms.alerts.forms import AlertForm

    form = AlertForm(instance=alert.get_latest_revision_as_object())
    values = {name: form[name].value() for name in form.fields}
    values["expire_at"] = form["expire_at"].field.widget.format_value(values["expire_at"])
    return {**values, **changes}


def values_of(form: Any) -> dict[str, str]:
    """What a browser would send of a form as it stands."""
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    values |= {field["name"]: field.text.lstrip("\n") for field in form.select("textarea")}
    for field in form.select("select"):
        chosen = field.select_one("option[selected]")
        values[field["name"]] = chosen["value"] if chosen else ""
    return values
