"""Keys that one person made: to one draft, or to the private pages that this person may read.

Only the SHA-256 of a key is stored: whoever reads the database cannot use one.
"""

import datetime
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

LONGEST = datetime.timedelta(hours=24)
MAX_LENGTH = 100  # characters of a key that somebody presents; ours have 43


class TokenInvalid(Exception):
    """No such key, or not any more. It never says which, nor whether anything exists."""


def digest_of(text: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(text.encode()).hexdigest()


class Token(models.Model):
    """A key: who made it, until when it opens something, when it was used last.

    It dies with the rights of its maker: by a changed password, the end of all sessions, or
    when the account is deactivated.
    """

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("made by"),
    )
    # Of password and sessions, as Django's session has it.
    account_mark = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    last_used_at = models.DateTimeField(_("last used"), null=True)

    wagtail_reference_index_ignore = True  # nobody asks where an account is used

    class Meta:
        abstract = True
        default_permissions = ()

    @classmethod
    def make(cls, user: Any, lifetime: datetime.timedelta, **fields: Any) -> tuple[Any, str]:
        """A new key and its text, which nobody can read again later."""
        text = secrets.token_urlsafe(32)
        token = cls._default_manager.create(
            digest=digest_of(text),
            user=user,
            account_mark=user.get_session_auth_hash(),
            expires_at=timezone.now() + min(lifetime, LONGEST),
            **fields,
        )
        return token, text

    @classmethod
    def presented(cls, text: str) -> Any:
        """The key of this text. Raises `TokenInvalid`."""
        if not 0 < len(text) <= MAX_LENGTH:
            raise TokenInvalid
        token = cls._default_manager.select_related("user").filter(digest=digest_of(text)).first()
        if token is None or not token.opens:
            raise TokenInvalid
        return token

    @property
    def opens(self) -> bool:
        """Whether it is valid now, as far as its maker's account and the time go."""
        return (
            self.revoked_at is None
            and self.expires_at > timezone.now()
            and self.user.is_active
            and constant_time_compare(self.account_mark, self.user.get_session_auth_hash())
        )


class PreviewToken(Token):
    """A key to one draft in one language, exactly as it was when the key was made.

    The draft is kept with it: of what stands in an editor's form there is no other record, and
    autosave writes other words into the same revision. It goes when the key does.
    """

    # The page or record; null while it was never saved, then `parent_page` is where it will be.
    model = models.CharField(max_length=100)
    object_pk = models.BigIntegerField(null=True)
    parent_page = models.BigIntegerField(null=True)
    subject = models.UUIDField()
    locale = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("draft"), max_length=255)
    # Of a link that was given on; null where the key is for the unsaved form in the editor.
    revision_pk = models.BigIntegerField(null=True)
    revision_digest = models.CharField(max_length=64, blank=True)
    content_hash = models.CharField(_("content hash"), max_length=64)
    snapshot = models.TextField()
    # The SHA-256 of each file with its name in the private storage.
    files = models.JSONField(default=dict)

    class Meta(Token.Meta):
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["subject", "locale", "user"], name="preview_token_subject_idx")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_link(self) -> bool:
        """Whether somebody may have been given it, other than the editor's own panel."""
        return self.revision_pk is not None


class AccessToken(Token):
    """A key to the private pages that its maker may read as a member of the office."""

    purpose = models.CharField(
        _("purpose"), max_length=100, help_text=_("Who or what will read with this key")
    )

    class Meta(Token.Meta):
        verbose_name = _("access key")
        verbose_name_plural = _("access keys")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.purpose
