"""What each role confirms before it signs: versions that the administrator writes (3.1-3.3)."""

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from cms.signoff.roles import CHECKLIST_HELP, CHECKLISTS, Role

EDIT_PERMISSION = "signoff.add_checklist"


@dataclass(frozen=True)
class Statement:
    """One sentence to be ticked, with what it is about for those who want to know more.

    Thai must be there; where the English is empty, English readers read the Thai.
    """

    key: str
    th: str
    en: str = ""
    help_th: str = ""
    help_en: str = ""

    @property
    def text(self) -> str:
        """The sentence in the reader's language."""
        return (get_language() == "en" and self.en) or self.th

    @property
    def help_text(self) -> str:
        """What it is about, in the reader's language."""
        return (get_language() == "en" and self.help_en) or self.help_th


class Checklist(models.Model):
    """One version of a role's checklist: appended, never changed, as signatures name it.

    Version 0 is the one that came with Prakat (cms/signoff/roles.py) and has no row.
    """

    role = models.CharField(gettext_lazy("role"), max_length=20)  # one of `Role`
    version = models.PositiveIntegerField(gettext_lazy("version"))
    statements = models.JSONField(gettext_lazy("statements"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("made by"),
    )
    created_at = models.DateTimeField(gettext_lazy("made at"), auto_now_add=True)

    class Meta:
        verbose_name = gettext_lazy("checklist")
        verbose_name_plural = gettext_lazy("checklists")
        ordering = ("role", "-version")
        default_permissions = ("add", "view")
        constraints = [
            models.UniqueConstraint(fields=["role", "version"], name="one_checklist_per_version")
        ]

    def __str__(self) -> str:
        return f"{Role(self.role).label} {self.version}"

    @classmethod
    def first(cls, role: str) -> "Checklist":
        """Version 0 of a role's checklist, as it came with Prakat."""
        return cls(role=role, version=0, statements=_first_statements(role))

    @property
    def items(self) -> list[Statement]:
        """The statements in the order in which they are asked."""
        return [Statement(**values) for values in self.statements]


def current_checklist(role: str) -> Checklist:
    """The newest version of a role's checklist; version 0, without a row, where there is none."""
    newest = Checklist.objects.filter(role=role).order_by("-version").first()
    return newest or Checklist.first(role)


def current_version(role_of: Any) -> Coalesce:
    """An expression: the version of the checklist that is in force for a role, 0 for the first."""
    newest = Checklist.objects.filter(role=role_of).order_by("-version").values("version")[:1]
    return Coalesce(models.Subquery(newest), 0)


def change_checklist(user: Any, role: str, statements: list[Statement], version: int) -> Checklist:
    """Makes the version after `version`, which `user` has read, of a role's checklist.

    Signatures that were given keep what they confirmed. Raises `PermissionDenied` where `user`
    may not write checklists, or somebody else has made a version meanwhile; `ValidationError`
    where nothing is left to confirm or a statement has no Thai.
    """
    if not user.has_perm(EDIT_PERMISSION):
        raise PermissionDenied(_("Only the administrator changes the checklists."))
    if role not in CHECKLISTS:
        raise ValidationError(_("This role confirms nothing."))
    if not statements:
        raise ValidationError(_("At least one statement must be left to confirm."))
    if any(not statement.th.strip() for statement in statements):
        raise ValidationError(_("Write every statement in Thai."))
    if len({statement.key for statement in statements}) != len(statements):
        raise ValidationError(_("Two statements have the same key."))
    moved_on = _("Somebody else has changed this checklist meanwhile. Read it again.")
    if current_checklist(role).version != version:
        raise PermissionDenied(moved_on)
    try:
        with transaction.atomic():
            return Checklist.objects.create(
                role=role,
                version=version + 1,
                statements=[asdict(statement) for statement in statements],
                created_by=user,
            )
    except IntegrityError as error:
        raise PermissionDenied(moved_on) from error


def _first_statements(role: str) -> list[dict[str, str]]:
    """The statements that came with Prakat, in both languages."""
    keys = CHECKLISTS.get(Role(role), {})
    texts: dict[str, dict[str, str]] = {key: {"key": key} for key in keys}
    for language in ("th", "en"):
        help_name = f"help_{language}"
        with override(language):
            for key, sentence in keys.items():
                texts[key][language] = str(sentence)
                texts[key][help_name] = str(CHECKLIST_HELP.get(key, ""))
    return list(texts.values())
