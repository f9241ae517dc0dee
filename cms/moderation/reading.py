"""What a signer reads before signing: both languages, what differs, who signed before."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail_localize.models import Translation

from cms.publication.differences import Difference, Kind, differences
from cms.publication.models import Publication
from cms.publication.text_differences import compare
from cms.signoff.flag_times import FlagTime, timed
from cms.signoff.flags import undecided_flags
from cms.signoff.models import Signature
from cms.signoff.rounds import standing_signatures
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import Snapshot, latest_snapshot, takes_quick_path
from pages.translation import outdated_texts, translation_into, untranslated_texts

ASSESSMENT = ("benefits", "harms", "after_effects")


@dataclass(frozen=True)
class Side:
    """One language, as the public will see it or sees it; `url` is empty where there is none."""

    language: str
    name: str
    standing: str
    url: str = ""
    is_being_signed: bool = False


class Reading:
    """Everything about one item at one step that is read before signing it.

    `snapshot` is what would be signed now; None where a file that the draft names is missing.
    """

    def __init__(self, task_state: Any, item: Any, snapshot: Snapshot | None) -> None:
        self.task_state, self.item, self.snapshot = task_state, item, snapshot
        self.draft = snapshot.draft if snapshot else item.get_latest_revision_as_object()
        self.language = item.locale.language_code

    @cached_property
    def title(self) -> str:
        """The title of the draft."""
        return self.draft.title

    @property
    def type(self) -> str:
        """What kind of page or record it is."""
        return capfirst(str(self.draft._meta.verbose_name))

    @property
    def language_name(self) -> str:
        """The language of the item."""
        return str(dict(settings.LANGUAGES).get(self.language, self.language))

    @property
    def division(self) -> Any:
        """The division that prepares it; None where none is named."""
        return getattr(self.draft, "department", None)

    @property
    def urgency(self) -> list[str]:
        """Why the chief executive or chief administrator signs too; empty where not."""
        names = ("is_urgent", "is_sensitive")
        return [
            capfirst(str(self.draft._meta.get_field(name).verbose_name))
            for name in names
            if getattr(self.draft, name, False)
        ]

    @property
    def assessment(self) -> list[tuple[str, str]]:
        """The impact assessment: what is signed, and never shown to the public."""
        return [
            (capfirst(str(self.draft._meta.get_field(name).verbose_name)), text)
            for name in ASSESSMENT
            if (text := getattr(self.draft, name, ""))
        ]

    @property
    def address(self) -> str:
        """The path at which a page will stand; empty for a record."""
        parts = self.draft.get_url_parts() if isinstance(self.draft, Page) else None
        return parts[2] if parts else ""

    @cached_property
    def publication(self) -> Publication | None:
        """What is public of it now, or will be at a set time."""
        return self._latest(Publication.objects.in_force()) or self._latest(
            Publication.objects.standing()
        )

    @cached_property
    def was_public(self) -> bool:
        """Whether any version of it ever was."""
        return Publication.objects.filter(**self._subject).exists()

    @cached_property
    def differences(self) -> list[Difference]:
        """What differs from the published version; none where there is none."""
        if self.publication is None or self.snapshot is None:
            return []
        found = differences(self.publication.data, self.snapshot.data)
        # The snapshot has only the hash of the assessment; signers read its words.
        changed = [item for item in found if item.path == "signing.assessment"]
        others = [item for item in found if item.path != "signing.assessment"]
        return others + (self._assessment_differences() or changed if changed else [])

    @cached_property
    def signatures(self) -> list[Signature]:
        """The signatures that stand in the present round."""
        return standing_signatures(self.task_state.workflow_state)

    @cached_property
    def earlier_signatures(self) -> list[Signature]:
        """Signatures and returns since the last publication that do not stand any more."""
        last = Publication.objects.filter(**self._subject).order_by("-sequence").first()
        after = max(last.signature_sequences, default=0) if last else 0
        standing = [signature.pk for signature in self.signatures]
        return list(
            Signature.objects.filter(
                subject=self.item.translation_key, locale=self.language, sequence__gt=after
            ).exclude(pk__in=standing)
        )

    @cached_property
    def flags(self) -> list[FlagTime]:
        """Who said that it is urgent or sensitive and waits for the executive, and since when."""
        flags = undecided_flags(self.item.translation_key, self.language)
        return timed(flags.select_related("flagged_by", "outcome"))

    @cached_property
    def sides(self) -> list[Side]:
        """Both languages, Thai first."""
        return [self._side(code, str(name)) for code, name in settings.LANGUAGES]

    @cached_property
    def translation(self) -> "TranslationState | None":
        """How complete it is, where it is a translation."""
        translation = translation_into(self.item)
        return TranslationState(translation, self.item) if translation else None

    @property
    def _subject(self) -> dict[str, Any]:
        return {"subject": self.item.translation_key, "locale": self.language}

    def _latest(self, rows: Any) -> Publication | None:
        return rows.filter(**self._subject).order_by("-sequence").first()

    def _side(self, code: str, name: str) -> Side:
        # An alert holds both languages: each of its sides is what is signed.
        if code == self.language or takes_quick_path(type(self.draft).__name__):
            if self.snapshot is None:
                return Side(code, name, _("It cannot be shown: a file is missing."))
            url = self._preview_url(code, self.snapshot.content_hash)
            return Side(code, name, _("This is what you sign."), url, is_being_signed=True)
        locale = Locale.objects.filter(language_code=code).first()
        other = self.item.get_translation_or_none(locale) if locale else None
        return (other and self._other_side(code, name, other)) or Side(
            code, name, _("Nothing is public in this language, and nothing is being signed.")
        )

    def _other_side(self, code: str, name: str, other: Any) -> Side | None:
        """The other language: its draft where that is being signed, else what is public."""
        run = other.current_workflow_state
        if run and run.status == WorkflowState.STATUS_IN_PROGRESS:
            try:
                content_hash = latest_snapshot(other).content_hash
            except MissingFile:
                return Side(code, name, _("It cannot be shown: a file is missing."))
            standing = _("A draft that is being signed too, and is not part of what you sign.")
            return Side(code, name, standing, self._preview_url(code, content_hash))
        publication = (
            Publication.objects.in_force()
            .filter(subject=other.translation_key, locale=code)
            .select_related("address")
            .first()
        )
        if publication is None:
            return None
        url = (
            str(publication.address)
            if publication.address.path
            else self._preview_url(code, publication.content_hash)
        )
        return Side(code, name, _("Public now; not part of what you sign."), url)

    def _preview_url(self, code: str, content_hash: str) -> str:
        return reverse("moderation:preview", args=[self.task_state.pk, code, content_hash])

    def _assessment_differences(self) -> list[Difference]:
        """The words of the assessment, where the published draft is still there to compare."""
        revision = Revision.objects.filter(
            pk=self.publication.revision_id if self.publication else None
        ).first()
        if revision is None:
            return []
        published = revision.as_object()
        found = []
        for name in ASSESSMENT:
            old, new = (str(getattr(draft, name, "")) for draft in (published, self.draft))
            if old != new:
                kind = Kind.ADDED if not old else Kind.CHANGED if new else Kind.REMOVED
                label = capfirst(str(self.draft._meta.get_field(name).verbose_name))
                pieces = tuple(compare(old, new))
                found.append(Difference(name, label, kind, pieces, is_public=False))
        return found


class TranslationState:
    """What a translation lacks, and whether the Thai went on without it."""

    def __init__(self, translation: Translation, item: Any) -> None:
        self.untranslated = untranslated_texts(translation)
        self.made_at = translation.source.last_updated_at
        thai = item.get_translation_or_none(translation.source.locale)
        self.thai_changed_at = thai and thai.latest_revision_created_at
        self.thai_published_at = (
            Publication.objects.in_force()
            .filter(subject=item.translation_key, locale=translation.source.locale.language_code)
            .values_list("published_at", flat=True)
            .first()
        )
        self.outdated = (
            outdated_texts(translation, thai.get_latest_revision_as_object())
            if thai and self.is_older_than_the_draft
            else []
        )

    @property
    def is_older_than_the_draft(self) -> bool:
        """Whether the Thai was saved again after the text that was translated was taken."""
        return bool(self.thai_changed_at and self.thai_changed_at > self.made_at)
