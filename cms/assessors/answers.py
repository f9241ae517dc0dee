"""Writing answers: one item at a time, or all of a year proposed from what is public."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cms.accounts.events import tells_refusals
from cms.assessors.models import Answer, AnswerAddress
from cms.assessors.permissions import CHANGE, check
from cms.assessors.proposals import proposed_pages
from cms.oversight.addresses import MAX_LENGTH, normal_url
from cms.oversight.assessing import ItemState, assess
from cms.oversight.coverage import coverage
from cms.oversight.models import Assessment, AssessmentItem
from cms.publication.models import Address, FormerPath, PinnedFile, Publication
from cms.snapshot.fields import plain
from cms.watching.own_addresses import Origins, Own, missing, own_link


class Within(NamedTuple):
    """A part of a page of ours: its query and fragment, as in `?page=2#files`."""

    address: Address
    suffix: str


Place = Address | Within | str
_FILE = "pinned_file"


def place_of(typed: str, origins: Origins | None = None) -> Place:
    """What an address that somebody typed or copied from a browser means.

    A page of ours is its permanent address, so that it may move; what the site itself answers
    (a form, a feed) and other sites stay addresses as they are. Query and fragment are kept: a
    list as it was on a day is another proof than the list. Raises `ValidationError`.
    """
    text = typed.strip()
    origins = origins or Origins.read()
    own = own_link(text, origins)
    if own is None:
        return _elsewhere(text)
    parts = urlsplit(text)
    suffix = _checked(urlunsplit(("", "", "", parts.query, parts.fragment)))
    if found := _page_at(own):
        return Within(found, suffix) if suffix else found
    path = parts.path or "/"
    if own.name in ("page", "permanent", "permanent_any") or own in missing([own]):
        raise ValidationError(_("No page stands at %(address)s.") % {"address": path})
    return _checked(f"{settings.BASE_URL}{path}{suffix}")


def _elsewhere(text: str) -> str:
    """On another site: as it was typed, but for a name and password, which are not to be told."""
    if not normal_url(text):
        if normal_url("/".join(text.split("/")[:3])):  # the site is one, so it is the length
            raise ValidationError(_too_long())
        raise ValidationError(_("“%(typed)s” is no address.") % {"typed": text})
    parts = urlsplit(text)
    return _checked(urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])))


def _checked(text: str) -> str:
    """What fits into its column."""
    if len(text) > MAX_LENGTH:
        raise ValidationError(_too_long())
    return text


def _too_long() -> str:
    return _("This address is too long: at most %(number)s characters.") % {"number": MAX_LENGTH}


def _page_at(own: Own) -> Address | None:
    rows = Address.objects.order_by("pk")
    if own.name == "page":
        place = {"path": own.value, "locale": own.locale}
        if own.root:
            place["root"] = str(own.root)
        former = FormerPath.objects.filter(**place).select_related("address").first()
        return rows.filter(**place).first() or (former.address if former else None)
    if own.name == "permanent":
        return rows.filter(short_id=own.value, locale=own.locale).first()
    if own.name == "permanent_any":
        return rows.filter(short_id=own.value).order_by("-locale").first()
    return None


def dead_addresses(urls: Iterable[str]) -> set[str]:
    """Of some addresses those of ours that lead nowhere, for everybody. Constant queries."""
    origins = Origins.read()
    own = {url: link for url in urls if (link := own_link(url, origins))}
    lost = missing(own.values())
    files = {link.value for link in own.values() if link.name == _FILE}
    public = _public_files(files) if files else set()
    return {
        url
        for url, link in own.items()
        if link in lost or (link.name == _FILE and link.value not in public)
    }


def _public_files(hashes: set[str]) -> set[str]:
    """Those that something names which everybody may read."""
    standing = Publication.objects.effective()
    named = Q(publications__in=standing) | Q(sources__publications__in=standing)
    rows = PinnedFile.objects.filter(named, sha256__in=hashes)
    return set(rows.values_list("sha256", flat=True))


def file_hashes(urls: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of each address of a public file of ours: it stands in the address itself."""
    origins = Origins.read()
    own = {url: own_link(url, origins) for url in urls}
    return {url: link.value for url, link in own.items() if link and link.name == _FILE}


@tells_refusals
@transaction.atomic
def save_answer(
    item: AssessmentItem,
    user: Any,
    value: str,
    explanations: dict[str, str],
    places: Iterable[Place],
) -> Answer:
    """Writes the answer to one item with its addresses in this order; each once.

    Raises `PermissionDenied`.
    """
    check(user, CHANGE)
    Assessment.locked(item.assessment_id)  # a second click waits, and finds the answer
    words = {
        f"explanation_{language}": plain(text.replace("\r\n", "\n").strip())
        for language, text in explanations.items()
    }
    answer, _is_new = Answer.objects.update_or_create(item=item, defaults={"value": value, **words})
    _put_places(answer, places)
    return answer


def _put_places(answer: Answer, places: Iterable[Place]) -> None:
    answer.addresses.all().delete()
    AnswerAddress.objects.bulk_create(
        AnswerAddress(answer=answer, sort_order=number, **_columns(place))
        for number, place in enumerate(dict.fromkeys(places), start=1)
    )


def _columns(place: Place) -> dict[str, Any]:
    if isinstance(place, str):
        return {"url": place}
    return place._asdict() if isinstance(place, Within) else {"address": place}


@tells_refusals
@transaction.atomic
def prefill(assessment: Assessment, user: Any) -> int:
    """Proposes an answer for each item that has none, and returns how many.

    Yes where every component is met, with the pages that meet it; no where nothing is there.
    What is there in part stays unanswered, with its pages: a person must decide. Nothing that
    somebody wrote is touched. Raises `PermissionDenied`.
    """
    check(user, CHANGE)
    assessment = Assessment.locked(assessment.pk)  # a second click waits, and proposes nothing
    found = coverage()
    status = assess(assessment, found)
    written = set(
        Answer.objects.filter(item__assessment=assessment).values_list("item_id", flat=True)
    )
    todo = [one for one in status.items if one.item.pk not in written]
    pages = proposed_pages(assessment, found)
    values = {ItemState.COMPLETE: Answer.Value.YES, ItemState.MISSING: Answer.Value.NO}
    for one in todo:
        places = pages.get(one.item.pk, [])
        value = values.get(one.state, "")
        if places and value == Answer.Value.NO:
            value = ""
        answer = Answer.objects.create(item=one.item, value=value)
        _put_places(answer, places)
    return len(todo)
