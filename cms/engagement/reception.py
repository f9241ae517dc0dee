"""The one door for what citizens send: checked whole, stored whole, or refused with nothing lost.

It knows no HTTP: `cms.engagement.views` and the web site both call it.
"""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cms.engagement import guard
from cms.engagement.case_events import CaseEvent, log
from cms.engagement.case_files import CaseFile
from cms.engagement.cases import Case
from cms.engagement.definition import Definition, current_definition
from cms.engagement.file_field import Sent, staged_token
from cms.engagement.forms import CitizenForm, many_valued
from cms.engagement.lookup import CaseCopy, Status, receipt, status
from cms.engagement.mails import tell_handlers, tell_sender_received
from cms.engagement.references import new_receipt_token, new_reference
from cms.engagement.uploads import MAX_TOTAL, Upload
from cms.thai.dates import format_date

__all__ = [
    "CaseCopy",
    "OpenForm",
    "Receipt",
    "Refusal",
    "Staged",
    "Status",
    "open_form",
    "receipt",
    "receive",
    "status",
]
GENERAL = ""  # the key of errors that belong to no field
STAGED_TOTAL = 1024**3  # bytes that files waiting for their forms may take altogether


@dataclass(frozen=True)
class Receipt:
    """The case was taken. `token` is the secret of the sender's copy, for them alone."""

    reference: str
    token: str
    received_at: datetime.datetime
    thank_you: str


@dataclass(frozen=True)
class Staged:
    """A file that was kept: send `token` back as `<field id>-staged` in its place."""

    token: str
    filename: str
    size: int  # bytes


@dataclass(frozen=True)
class Refusal:
    """Nothing was stored. `errors` by field id, in the citizen's language; `""` for the whole.

    `token` goes into the form for the next attempt; `understood` says how dates were read.
    """

    errors: dict[str, list[str]]
    token: str = ""
    staged: dict[str, list[Staged]] = field(default_factory=dict)
    understood: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OpenForm:
    """What a front end needs to show a form: its definition, and the token that it sends back."""

    definition: Definition
    token: str
    closed_reason: str  # why nothing can be sent today, in the citizen's language; or empty


def open_form(publication_subject: str, locale: str) -> OpenForm | None:
    """The form of a subject as it is public now; None where it is none, or not public."""
    definition = current_definition(publication_subject, locale)
    if definition is None:
        return None
    with translation.override(locale):
        return OpenForm(definition, guard.issue_token(definition), definition.closed_reason())


def receive(
    publication_subject: str, locale: str, data: Any, files: Any, client: str
) -> Receipt | Refusal:
    """Takes what a citizen sent, or says what is wrong with it.

    `data` maps field ids to what was typed (lists for several choices), and holds `token`,
    `homepage` (left empty by people), `consent`, `anonymous` and `<id>-staged`; `files` maps field
    ids to uploaded files; `client` names the sender for the limits and is not kept.
    """
    with translation.override(locale):
        definition = current_definition(publication_subject, locale)
        if definition is None:
            return _refused(_("This form is not public any more."))
        return _Reception(definition, many_valued(data), many_valued(files), client).run()


def _refused(message: str, token: str = "") -> Refusal:
    return Refusal({GENERAL: [message]}, token)


class _Reception:
    """One form on its way in."""

    def __init__(self, definition: Definition, data: Any, files: Any, client: str) -> None:
        self.definition, self.client = definition, client
        self.token = data.get(guard.TOKEN_FIELD) or ""
        self.trap = data.get(guard.TRAP_FIELD) or ""
        self.files = files
        self.form = CitizenForm(definition, data, files)
        self.key = _submission_key(self.token, self.form.data, self.files)

    def run(self) -> Receipt | Refusal:
        """Refuses cheaply first; then reads everything, so that all errors come at once."""
        if not guard.has_room("attempt", self.client):
            message = _("Too many forms were sent from your connection. Please try in an hour.")
            return _refused(message, self.token)
        guard.count_act("attempt", self.client)
        if sum(file.size for name in self.files for file in self.files.getlist(name)) > MAX_TOTAL:
            message = _("The files are larger than %(limit)d MB together. Send fewer of them.")
            return _refused(message % {"limit": MAX_TOTAL // 1024**2}, self.token)
        if (known := self._sent_before()) is not None:
            return self._receipt(known)
        seen = guard.read_token(self.token, self.definition)
        problems = [
            seen.problem,
            guard.trap_problem(self.trap),
            self.definition.closed_reason(),
            "" if guard.has_room("case", self.client) else _too_many(),
        ]
        errors = {GENERAL: [problem for problem in problems if problem]}
        if not self.form.is_valid():
            errors.update(
                {name: [str(e) for e in found] for name, found in self.form.errors.items()}
            )
        if not errors[GENERAL]:
            del errors[GENERAL]
        if errors:
            token = self.token if seen.is_usable else guard.issue_token(self.definition)
            return self._refusal(errors, token)
        return self._take()

    def _take(self) -> Receipt | Refusal:
        written: list[str] = []
        try:
            with transaction.atomic():
                case = self._store(written)
        except IntegrityError:
            CaseFile.discard(written)
            # The same form, sent twice at one moment: the other one is the case.
            if (known := self._sent_before()) is not None:
                return self._receipt(known)
            raise
        except BaseException:
            CaseFile.discard(written)
            raise
        guard.count_act("case", self.client)
        return self._receipt(case)

    def _store(self, written: list[str]) -> Case:
        now, definition = timezone.now(), self.definition
        today = timezone.localdate(now)
        case = Case.objects.create(
            reference=_unused_reference(definition, today),
            receipt_token=new_receipt_token(),
            submission_key=self.key,
            channel=definition.channel,
            subject=definition.subject,
            locale=definition.locale,
            title=definition.title,
            content_hash=definition.content_hash,
            received_at=now,
            answers=self.form.answers(),
            email=self.form.contact("email_field"),
            telephone=self.form.contact("telephone_field"),
            is_anonymous=self.form.is_anonymous,
            has_consented=definition.needs_consent,
            delete_after=today + datetime.timedelta(days=definition.retention_days),
        )
        for field_id, sent in self.form.sent_files().items():
            for kept in sent.staged:
                kept.case = case
                kept.save(update_fields=["case"])
            for upload in sent.uploads:
                written.append(self._write(field_id, upload, case).storage_name)
        log(case, CaseEvent.Kind.RECEIVED)
        tell_sender_received(case)
        tell_handlers(case)
        return case

    def _write(self, field_id: str, upload: Upload, case: Case | None = None) -> CaseFile:
        return CaseFile.store(
            upload.content,
            case=case,
            subject=self.definition.subject,
            field_id=field_id,
            filename=upload.filename,
            content_type=upload.content_type,
        )

    def _refusal(self, errors: dict[str, list[str]], token: str) -> Refusal:
        staged = {
            field_id: self._keep(field_id, sent)
            for field_id, sent in self.form.sent_files().items()
            if sent
        }
        understood = {
            name: format_date(day, self.definition.locale)
            for name, day in self.form.understood_dates().items()
        }
        return Refusal(errors, token, staged, understood)

    def _keep(self, field_id: str, sent: Sent) -> list[Staged]:
        """Keeps the right files, so that nobody must choose them again."""
        kept: Iterable[CaseFile] = sent.staged
        if _has_room_for(sent.uploads):
            kept = [*kept, *(self._write(field_id, upload) for upload in sent.uploads)]
        return [Staged(staged_token(file), file.filename, file.size) for file in kept]

    def _sent_before(self) -> Case | None:
        return Case.objects.filter(submission_key=self.key).first()

    def _receipt(self, case: Case) -> Receipt:
        return Receipt(
            case.reference, case.receipt_token, case.received_at, self.definition.thank_you
        )


def _too_many() -> str:
    return _("You have sent several forms in this hour. Please send the next one in an hour.")


def _has_room_for(uploads: tuple[Upload, ...]) -> bool:
    waiting = CaseFile.objects.filter(case=None).aggregate(total=Sum("size"))["total"] or 0
    return waiting + sum(len(upload.content) for upload in uploads) <= STAGED_TOTAL


def _unused_reference(definition: Definition, day: datetime.date) -> str:
    while True:
        reference = new_reference(definition.channel, day)
        if not Case.objects.filter(reference=reference).exists():
            return reference


def _submission_key(token: str, data: Any, files: Any) -> str:
    """Names one form as it was filled in: sent again by a second click, it is the same case."""
    typed = {name: data.getlist(name) for name in data}
    sent = {name: [(file.name, file.size) for file in files.getlist(name)] for name in files}
    text = json.dumps([token, typed, sent], sort_keys=True, ensure_ascii=False)
    return salted_hmac("cms.engagement.submission", text, algorithm="sha256").hexdigest()
