"""An office for tests: accounts, drafts and the way through the signatures, as short verbs."""

import datetime
import io
import json
import uuid
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, TaskState, WorkflowState

from cms.accounts.models import User
from cms.demonstration.clerk import Clerk
from cms.divisions.models import Appointment, Membership
from cms.publication.finish import publish_signed
from cms.publication.models import Publication
from cms.signoff.roles import GROUP_NAMES, required_roles
from cms.signoff.signing import issue_token, sign
from cms.signoff.task import SignedTask
from cms.snapshot.snapshot import snapshot_of
from pages.models import (
    Department,
    HomePage,
    Listing,
    NewsPage,
    OfficeDocument,
    OfficeImage,
    SectionPage,
)

PASSWORD = "right-password"
LONG_AGO = datetime.date(2020, 1, 1)
PROCUREMENT = json.dumps(
    [
        {
            "id": "procurement",
            "type": "procurement",
            "value": {"stage": "invitation", "method": "e-bidding", "budget": "980000.00"},
        }
    ]
)


class Office:
    """One clerk for each role, and verbs to write, sign and publish.

    The test database holds one office from the start; each instance finds it there.
    """

    def __init__(self) -> None:
        self.thai = Locale.objects.get(language_code="th")
        self.english = Locale.objects.get(language_code="en")
        self.home = HomePage.objects.get(locale=self.thai)
        self.english_home = HomePage.objects.get(locale=self.english)
        known = User.objects.in_bulk([*GROUP_NAMES, "root"], field_name="username")
        if "root" not in known:
            for role in GROUP_NAMES:
                known[role] = self.clerk(role, role).user
            known["root"] = self.clerk("root").user
            known["root"].is_superuser = known["root"].is_staff = True
            known["root"].save()
        for name, user in known.items():
            setattr(self, name, Clerk(user, PASSWORD))
        self.news = SectionPage.objects.filter(slug="news", locale=self.thai).first()
        self.english_news = SectionPage.objects.filter(slug="news", locale=self.english).first()

    def clerk(self, username: str, *roles: str, everywhere: bool = True) -> Clerk:
        """The account of this name, in the groups of `roles`; by default of the whole office."""
        user = User.objects.filter(username=username).first() or User.objects.create_user(
            username,
            password=PASSWORD,
            first_name=username,
            last_name="ตัวอย่าง",
            position=f"ตำแหน่ง {username}",
            position_en=f"Position {username}",
        )
        for role in roles:
            user.groups.add(Group.objects.get(name=GROUP_NAMES[role]))
        if everywhere and not user.memberships.exists():
            self.join(user, None)
        return Clerk(user, PASSWORD)

    def member(self, username: str, department: Department | None, *roles: str) -> Clerk:
        """A member of one division alone: a reporter, or in the groups of `roles`."""
        clerk = self.clerk(username, *(roles or ("reporter",)), everywhere=False)
        self.join(clerk.user, department)
        return clerk

    def head(self, username: str, department: Department) -> Clerk:
        """The head of one division, who approves for it."""
        clerk = self.clerk(username, "approver", everywhere=False)
        self.join(clerk.user, department, is_head=True)
        return clerk

    @staticmethod
    def join(user: User, department: Department | None, **fields: Any) -> Membership:
        """Makes an account a member of a division, or of the whole office, for long."""
        fields.setdefault("since", LONG_AGO)
        return Membership.objects.create(user=user, department=department, **fields)

    @staticmethod
    def appoint(clerk: Clerk, department: Department | None, **fields: Any) -> Appointment:
        """Lets a clerk act for the head of a division, or (None) for the chief executive."""
        today = timezone.localdate()
        values = {
            "kind": Appointment.Kind.ACTING,
            "for_role": "approver" if department else "executive",
            "post_title": "หัวหน้ากองคลัง",
            "post_title_en": "Head of the Finance Division",
            "order_number": "12/2570",
            "since": today,
            "until": today + datetime.timedelta(days=7),
            **fields,
        }
        return Appointment.objects.create(user=clerk.user, department=department, **values)

    def open(self) -> None:
        """Publishes both front pages and a section for news in each language."""
        self.publish(self.home)
        self.publish(self.english_home)
        self.news = self.section(self.home, title="ข่าว", slug="news", listing=Listing.NEWS)
        self.publish(self.news)
        english = self.news.copy_for_translation(self.english)
        english.title = "News"
        english.save_revision(user=self.translator.user)
        self.english_news = self.publish(english)

    def section(self, parent: Any, **fields: Any) -> SectionPage:
        """A draft section below `parent`."""
        return self._add(parent, SectionPage(show_in_menus=True, **fields))

    def draft(self, parent: Any = None, **fields: Any) -> NewsPage:
        """A draft item of news by the reporter; a picture without a text only decorates."""
        fields = {"title": "ข่าวทดสอบ", "slug": f"n-{uuid.uuid4().hex[:8]}", **fields}
        fields.setdefault("lead_image_is_decorative", "lead_image_alt" not in fields)
        if fields.get("kind") == "procurement":
            fields.setdefault("procurement", PROCUREMENT)
        return self._add(parent or self.news, NewsPage(**fields))

    def page(self, parent: Any, model: type, **fields: Any) -> Any:
        """A draft page of any type below `parent`."""
        fields = {"title": model.__name__, "slug": f"p-{uuid.uuid4().hex[:8]}", **fields}
        return self._add(parent, model(**fields))

    def record(self, model: type, **fields: Any) -> Any:
        """A draft record (a snippet) of any type."""
        record = model(**{"locale": self.thai, "live": False, **fields})
        record.full_clean()
        record.save()
        record.save_revision(user=self.reporter.user)
        return self.fresh(record)

    def _add(self, parent: Any, page: Any) -> Any:
        page.live, page.owner, page.locale = False, self.reporter.user, parent.locale
        parent = type(parent).objects.get(pk=parent.pk)
        parent.add_child(instance=page)
        page.save_revision(user=self.reporter.user)
        return self.fresh(page)

    def department(self, **fields: Any) -> Department:
        """A draft division."""
        return self.record(Department, **{"title": "กองคลัง", **fields})

    def edit(self, page: Any, user: Any = None, **fields: Any) -> Any:
        """Saves a further draft with other values."""
        page = self.fresh(page).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision(user=user or self.reporter.user)
        return self.fresh(page)

    def signers(self, item: Any) -> list[Clerk]:
        """The clerks whose signatures an item needs, in order."""
        executive = [self.executive] if item.needs_executive else []
        return [self.reporter, self.approver, *executive, self.publisher]

    def publish(self, item: Any) -> Any:
        """Takes the newest draft through every signature, each with its dialog filled in."""
        self.reporter.submit(item)
        for clerk in self.signers(self.fresh(item).get_latest_revision_as_object()):
            clerk.sign(item)
        return self.fresh(item)

    def show(self, item: Any) -> Any:
        """Publishes what is complete, for tests that begin with what is public.

        Signatures and publication are made by the functions that always make them, with their
        checks; the steps of Wagtail's workflow between them are only written down as done, which
        takes a fifth of the time. Tests of the way through them use `publish`.
        """
        item = self.fresh(item)
        revision, workflow = item.get_latest_revision(), item.get_workflow()
        snapshot = snapshot_of(revision.as_object())
        run = WorkflowState(
            content_type=item.get_content_type(),
            base_content_type=item.get_base_content_type(),
            object_id=str(item.pk),
            workflow=workflow,
            requested_by=self.reporter.user,
            status=WorkflowState.STATUS_APPROVED,
        )
        WorkflowState.objects.bulk_create([run])
        tasks = {
            task.role: task for task in SignedTask.objects.filter(workflow_tasks__workflow=workflow)
        }
        for role in required_roles(snapshot.data["signing"]):
            self._approve(run, tasks[role], revision, snapshot)
        publish_signed(run, self.publisher.user)
        return self.fresh(item)

    def _approve(self, run: WorkflowState, task: SignedTask, revision: Any, snapshot: Any) -> None:
        user = getattr(self, task.role).user
        step = TaskState(
            workflow_state=run,
            task=task,
            revision=revision,
            status=TaskState.STATUS_APPROVED,
            finished_at=timezone.now(),
            finished_by=user,
        )
        TaskState.objects.bulk_create([step])
        step.checklist_version = 0
        words = {"full_name": user.get_full_name(), "position": user.position}
        words |= {"comment": "", "checklist": []}
        token = issue_token(user, [step.pk, "approve"], snapshot.content_hash, words)
        sign(step, snapshot, revision, user, "approve", token)

    @staticmethod
    def fresh(item: Any) -> Any:
        """The row as it is in the database now."""
        return type(item).objects.get(pk=item.pk)

    @staticmethod
    def public() -> list[tuple]:
        """Every word that stands in public now, for comparison before and after an act."""
        rows = Publication.objects.effective().order_by("sequence")
        return [(row.address.path, row.address.locale, row.snapshot) for row in rows]


def image(color: str = "teal", size: tuple[int, int] = (900, 600)) -> OfficeImage:
    """A stored image of one colour."""
    return OfficeImage.objects.create(
        title="ภาพ", file=ContentFile(png(color, size), name=f"{color}.png")
    )


def png(color: str, size: tuple[int, int] = (900, 600)) -> bytes:
    """The bytes of a PNG of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, color).save(buffer, "PNG")
    return buffer.getvalue()


def document(content: bytes = b"%PDF-1.4 example", name: str = "example.pdf") -> OfficeDocument:
    """A stored document."""
    return OfficeDocument.objects.create(title="เอกสาร", file=ContentFile(content, name=name))
