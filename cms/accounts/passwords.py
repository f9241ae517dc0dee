"""Rules for passwords, and the one way in which a person proves to know theirs.

No password expires by itself (NIST SP 800-63B, 5.1.1.2): people would only count upwards.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.accounts.events import tell
from cms.accounts.throttle import Purpose, Trial

REMEMBERED = 5

# The keys of a Thai keyboard (Kedmanee, TIS 820-2538) in the order of the Latin ones.
_LATIN = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
)
_THAI = '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_TO_LATIN = dict(zip(_THAI, _LATIN, strict=True))

# What Thai offices choose when they are asked for a password.
_COMMON_THAI = (
    "รหัสผ่าน",
    "พาสเวิร์ด",
    "สวัสดี",
    "สวัสดีครับ",
    "สวัสดีค่ะ",
    "ประเทศไทย",
    "ไทยแลนด์",
    "กรุงเทพ",
    "กรุงเทพมหานคร",
    "ราชการ",
    "อบต",
    "เทศบาล",
    "องค์การบริหารส่วนตำบล",
    "เจ้าหน้าที่",
    "ผู้ดูแลระบบ",
    "คอมพิวเตอร์",
    "ความลับ",
    "ความรัก",
    "ฉันรักเธอ",
    "ครอบครัว",
    "พระเจ้าอยู่หัว",
)


class FormerPassword(models.Model):
    """The hash of a password that a person had, or has."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="former_passwords"
    )
    password = models.CharField(max_length=128, editable=False)
    set_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}: {self.set_at}"


class NoFormerPassword:
    """Refuses the last passwords of a person, the present one included."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError` where the password was the person's own lately."""
        if user is None or user.pk is None:
            return
        former = list(
            FormerPassword.objects.filter(user=user).values_list("password", flat=True)[:REMEMBERED]
        )
        stored = (
            get_user_model()._default_manager.filter(pk=user.pk).values_list("password", flat=True)
        )
        if any(check_password(password, encoded) for encoded in {*former, *stored}):
            raise ValidationError(
                ngettext(
                    "This was your password before. Choose one that is not your last one.",
                    "This was your password before. Choose one that is none of your last"
                    " %(number)d.",
                    REMEMBERED,
                )
                % {"number": REMEMBERED},
                code="password_former",
            )

    def password_changed(self, password: str, user: Any = None) -> None:
        """Remembers the new password's hash and forgets what is older than the last ones."""
        FormerPassword.objects.create(user=user, password=user.password)
        kept = FormerPassword.objects.filter(user=user).values_list("pk", flat=True)[:REMEMBERED]
        FormerPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()
        tell("password_changed", user=user)

    def get_help_text(self) -> str:
        """For the form."""
        return _("Your password cannot be one of your last %(number)d.") % {"number": REMEMBERED}


class NoCommonThaiPassword:
    """Refuses common words, whichever of the two keyboards was switched on while typing them."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords
        self.thai = {word for thai in _COMMON_THAI for word in (thai, _on_latin_keys(thai))}

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError` where many others have this password."""
        typed = password.strip().casefold()
        word = typed.strip("0123456789๐๑๒๓๔๕๖๗๘๙!@#$. ")
        # ยฟหหไนพก is "password", typed while the keyboard was in Thai.
        if _on_latin_keys(typed) in self.common or {typed, word} & self.thai:
            raise ValidationError(_("Many people choose this password."), code="password_common")

    def get_help_text(self) -> str:
        """For the form."""
        return _("Your password cannot be a common Thai word, in Thai or Latin letters.")


def confirm_password(user: Any, password: str) -> None:
    """Makes sure that somebody who is signed in already knows their password.

    Raises `ValidationError` where it is wrong, and `TooManyAttempts` while one must wait: the
    counts are those of signing in.
    """
    trial = Trial(Purpose.PASSWORD, user.get_username())
    if user.check_password(password):
        trial.succeeded()
        return
    tell("password_refused", user=user)
    trial.failed(user)
    raise ValidationError(_("The password is not right."), code="password_wrong")


def _on_latin_keys(word: str) -> str:
    return "".join(_TO_LATIN.get(char, char) for char in word)
