"""The item of one kill: prepared, acted upon, and looked at afterwards, each in its own process."""

import io
import secrets
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from PIL import Image

from cms.publication.models import PinnedFile, Publication, Withdrawal
from cms.publication.verify import verify_publications
from cms.signoff.models import Signature
from cms.signoff.rounds import standing_signatures
from pages.models import NewsPage
from tests.office import Office, OfficeImage

REASON = "ข้อมูลคลาดเคลื่อน"
_BEFORE = {"reporter": 0, "approver": 1, "publisher": 2, "torn file": 2, "withdrawal": 3}


def waiting_for(act: str) -> dict[str, Any]:
    """Writes a draft with a picture that no other has, and signs it up to the act."""
    office = Office()
    page = office.draft(lead_image=_picture())
    office.reporter.submit(page)
    for clerk in office.signers(page)[: _BEFORE[act]]:
        clerk.sign(page)
    if act == "withdrawal":
        office.approver.request_withdrawal(_publication(page), REASON)
    return {"page": page.pk}


def _picture() -> OfficeImage:
    from django.core.files.base import ContentFile

    buffer = io.BytesIO()
    # Noise: no two pictures, nor their copies, have the same bytes.
    Image.frombytes("RGB", (64, 48), secrets.token_bytes(64 * 48 * 3)).save(buffer, "PNG")
    name = f"{secrets.token_hex(4)}.png"
    return OfficeImage.objects.create(title="ภาพ", file=ContentFile(buffer.getvalue(), name=name))


def act(name: str, item: dict[str, Any]) -> None:
    """Does it as the person would; what was done already is refused, and that is fine."""
    office = Office()
    page = NewsPage.objects.get(pk=item["page"])
    try:
        if name == "withdrawal":
            withdrawal = Withdrawal.objects.get(publication=_publication(page))
            office.publisher.confirm_withdrawal(withdrawal)
        else:
            getattr(office, "publisher" if name == "torn file" else name).sign(page)
    except (PermissionDenied, Withdrawal.DoesNotExist):
        pass


def _publication(page: NewsPage) -> Publication:
    return Publication.objects.filter(
        subject=page.translation_key, kind=Publication.Kind.PUBLICATION
    ).latest("sequence")


def tear_file(number: int, die: Callable[[], None]) -> None:
    """The n-th public file that is stored is written by half when the process dies."""
    storage = PinnedFile.storage()
    stored = []

    def save(name: str, content: Any) -> str:
        stored.append(name)
        if len(stored) < number:
            return type(storage).save(storage, name, content)
        type(storage).save(storage, name, io.BytesIO(content.read()[:100]))
        die()
        raise AssertionError("alive")

    storage.save = save


def die_at_commit(killer: Any, die: Callable[[], None]) -> None:
    """Counts commits as statements, too: before each, and right after it."""
    commit = connection._commit

    def counted() -> None:
        killer.count += 1
        if killer.count == killer.number:
            die()
        commit()
        killer.count += 1
        if killer.count == killer.number:
            die()

    connection._commit = counted


def look(name: str, item: dict[str, Any]) -> dict[str, Any]:
    """What the database says now; raises where the record does not hold."""
    checked = sum(1 for _record in verify_publications())
    page = NewsPage.objects.get(pk=item["page"])
    run = page.workflow_states.latest("pk")
    signatures = Signature.objects.filter(subject=page.translation_key)
    publications = Publication.objects.filter(subject=page.translation_key)
    return {
        "checked": checked,
        "signatures": signatures.count(),
        "standing": len(standing_signatures(run)),
        "approved": run.task_states.filter(status="approved").count(),
        "run": run.status,
        "publications": publications.count(),
        "public": publications.effective().count(),
        "live": page.live,
    }
