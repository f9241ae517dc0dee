"""The files that citizens send: private, under random names, for the desk alone."""

import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext_lazy as _

from cms.engagement.cases import Case

_NAME_BYTES = 20


class CaseFile(models.Model):
    """One file of a case; or one that waits for its form to be filled in rightly (no case yet)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="files")
    subject = models.UUIDField()
    field_id = models.CharField(max_length=64)
    filename = models.CharField(_("file name"), max_length=255)
    storage_name = models.CharField(max_length=64, unique=True)
    content_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))  # bytes
    stored_at = models.DateTimeField(_("stored at"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("file of a case")
        verbose_name_plural = _("files of cases")
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.filename

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture: pictures were drawn anew when they came in."""
        return self.content_type.startswith("image/")

    @staticmethod
    def storage() -> Any:
        """The storage of citizens' files: apart from drafts' files, which all staff may open."""
        return storages["cases"]

    @classmethod
    def store(cls, content: bytes, **columns: Any) -> "CaseFile":
        """Writes the bytes under a random name and notes them.

        The caller deletes the bytes (`discard`) where its transaction fails later on.
        """
        letters = secrets.token_hex(_NAME_BYTES)
        name = cls.storage().save(f"{letters[:2]}/{letters}", ContentFile(content))
        try:
            return cls.objects.create(storage_name=name, size=len(content), **columns)
        except DatabaseError:
            cls.discard([name])
            raise

    @classmethod
    def discard(cls, storage_names: list[str]) -> None:
        """Deletes the bytes of files."""
        for name in storage_names:
            cls.storage().delete(name)

    @classmethod
    def remove(cls, files: models.QuerySet) -> int:
        """Deletes rows and, once that is committed, their bytes. Returns how many."""
        names = list(files.values_list("storage_name", flat=True))
        files.delete()
        transaction.on_commit(lambda: cls.discard(names))
        return len(names)
