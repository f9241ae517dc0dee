"""From a case into a draft: what becomes public goes through the signatures like everything."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import escape
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.divisions.scope import scope_of
from cms.engagement.case_events import CaseEvent, log
from cms.engagement.cases import Case
from cms.engagement.channels import Channel, State
from cms.engagement.permissions import check_handler
from pages.models import ConsultationPage, Department, QuestionAnswerPage, SectionPage


def sections_for(user: Any, locale: str) -> QuerySet[SectionPage]:
    """The sections of a language below which a user may add pages, in the order of the tree."""
    if not scope_of(user):
        return SectionPage.objects.none()
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "add")
    sections = SectionPage.objects.filter(locale__language_code=locale)
    return sections.filter(pk__in=allowed.values("pk")).order_by("path")


@transaction.atomic
def draft_question(
    case: Case,
    user: Any,
    *,
    section: SectionPage,
    title: str,
    question: str,
    answer: str,
    topic: str = "",
) -> QuestionAnswerPage:
    """A draft of a question and its answer below a section, in words freed of personal data.

    Raises `PermissionDenied` where the user may not handle the case or write there.
    """
    check_handler(user, case.channel)
    may_write = sections_for(user, case.locale).filter(pk=section.pk).exists()
    if case.channel != Channel.QUESTION or not may_write:
        raise PermissionDenied
    page = QuestionAnswerPage(
        title=title,
        question=question,
        answer=[("rich_text", _paragraphs(answer))],
        topic=topic,
        asked_on=timezone.localdate(case.received_at),
        answered_on=timezone.localdate(case.answered_at),
        department=_division_for(user, section),
        locale=section.locale,
        owner=user,
        live=False,
    )
    section.add_child(instance=page)
    page.save_revision(user=user)
    _note_draft([case], page, user)
    return page


def consultations_for(user: Any) -> list[tuple[ConsultationPage, int]]:
    """The hearings with accepted opinions that no draft holds yet, and how many each has."""
    check_handler(user, Channel.OPINION)
    subjects = list(_unplaced().values_list("subject", flat=True))
    pages = ConsultationPage.objects.filter(translation_key__in=set(subjects)).select_related(
        "locale"
    )
    chosen: dict[Any, ConsultationPage] = {}
    for page in pages.order_by("path"):
        # Into the Thai page, whatever language an opinion is in: a page in another language is a
        # translation of it, which the next translation would overwrite.
        if page.translation_key not in chosen or page.locale.language_code == _OFFICE_LANGUAGE:
            chosen[page.translation_key] = page
    return [(page, subjects.count(key)) for key, page in chosen.items()]


@transaction.atomic
def place_opinions(page: ConsultationPage, user: Any) -> int:
    """Appends the accepted opinions of a hearing to its newest draft, oldest first.

    Only their public words and the day of receipt. Returns how many. Raises `PermissionDenied`
    where the user may not handle opinions or edit the page, or it is locked for signing.
    """
    check_handler(user, Channel.OPINION)
    page = ConsultationPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    permissions = page.permissions_for_user(user)
    if not permissions.can_edit() or permissions.page_locked():
        raise PermissionDenied
    cases = list(_unplaced().filter(subject=page.translation_key))
    if not cases:
        return 0
    draft = page.get_latest_revision_as_object()
    for case in cases:
        received_on = timezone.localdate(case.received_at)
        draft.opinions.append(("opinion", {"text": case.public_text, "received_on": received_on}))
    draft.save_revision(user=user)
    _note_draft(cases, page, user)
    return len(cases)


def _division_for(user: Any, section: SectionPage) -> Department | None:
    """The section's division where the user works for it, else the user's own."""
    scope = scope_of(user)
    if scope.everything or scope.covers_ids({section.department_id}):
        return section.department
    own = Department.objects.filter(pk__in=scope.ids)
    return own.filter(locale_id=section.locale_id).first() or own.first()


_OFFICE_LANGUAGE = settings.LANGUAGE_CODE


def _unplaced() -> QuerySet[Case]:
    cases = Case.objects.of([Channel.OPINION]).filter(state=State.ACCEPTED, draft_page_id=None)
    return cases.order_by("received_at", "pk")


def _note_draft(cases: list[Case], page: Any, user: Any) -> None:
    for case in cases:
        case.draft_page_id = page.pk
        case.save(update_fields=["draft_page_id"])
        log(case, CaseEvent.Kind.DRAFTED, user)


def _paragraphs(text: str) -> str:
    """Plain text as the rich text of the editor."""
    return "".join(f"<p>{escape(part)}</p>" for part in text.splitlines() if part.strip())
