"""The form field for files: those sent now, and those kept from an earlier, refused attempt."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.engagement.case_files import CaseFile
from cms.engagement.uploads import MAX_FILES, Upload, check_upload

STAGED_SUFFIX = "-staged"
STAGED_MAX_AGE = 24 * 60 * 60  # seconds that a file waits for its form
_SALT = "cms.engagement.staged"


@dataclass(frozen=True)
class Sent:
    """What a file field holds: checked new files and files that were kept."""

    uploads: tuple[Upload, ...] = ()
    staged: tuple[CaseFile, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.uploads or self.staged)

    @property
    def filenames(self) -> list[str]:
        """The names, kept files first."""
        return [*(file.filename for file in self.staged), *(file.filename for file in self.uploads)]


class FilesInput(forms.ClearableFileInput):
    """Reads `<name>` (files) and `<name>-staged` (tokens of files kept from a refused form)."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[list, list]:
        """New files and tokens."""
        return files.getlist(name), data.getlist(f"{name}{STAGED_SUFFIX}")


class FilesField(forms.Field):
    """Up to `MAX_FILES` files. Each wrong one has a message of its own, the right ones are kept.

    After cleaning, `sent` holds what is right even where something else was wrong.
    """

    widget = FilesInput

    def __init__(self, *, subject: str, field_id: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.subject, self.field_id = subject, field_id
        self.sent = Sent()

    def clean(self, value: tuple[list, list]) -> Sent:
        """The checked files."""
        new, tokens = value
        errors: list[ValidationError] = []
        uploads: list[Upload] = []
        for file in new[:MAX_FILES]:
            try:
                uploads.append(check_upload(file))
            except ValidationError as error:
                errors.append(error)
        staged = [file for token in tokens[:MAX_FILES] if (file := self._kept(token))]
        room = max(0, MAX_FILES - len(staged))
        if len(uploads) > room or len(new) > MAX_FILES:
            message = _("Send at most %(limit)d files here.")
            errors.append(ValidationError(message, params={"limit": MAX_FILES}))
        self.sent = Sent(tuple(uploads[:room]), tuple(staged))
        if errors:
            raise ValidationError(errors)
        if self.required and not self.sent:
            raise ValidationError(self.error_messages["required"])
        return self.sent

    def _kept(self, token: str) -> CaseFile | None:
        """The waiting file of this very field; None where the token is forged, old or used."""
        try:
            name = signing.loads(token, salt=_SALT, max_age=STAGED_MAX_AGE)
        except signing.BadSignature:
            return None
        waiting = CaseFile.objects.filter(case=None, subject=self.subject, field_id=self.field_id)
        return waiting.filter(storage_name=name).first()


def staged_token(file: CaseFile) -> str:
    """What a front end sends back in place of a file that was kept."""
    return signing.dumps(file.storage_name, salt=_SALT)
