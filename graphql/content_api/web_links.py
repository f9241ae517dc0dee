"""What is known of a link to another site: its player, and whether it answered last night."""

from typing import Any

import graphene

from cms.oversight.addresses import normal_url
from cms.oversight.models import LinkCheck
from cms.publication.models import Publication
from content_api.reader import reader_of
from content_api.scalars import DateTime
from pages.videos import video_of

LinkState = graphene.Enum(
    "LinkState",
    [(state.name, state.value) for state in LinkCheck.State],
    description="What the latest check of an address found.",
)


class WebLinkCheck(graphene.ObjectType):
    """The latest check of an address on another site, made each night."""

    state = LinkState(required=True)
    checked_at = DateTime(required=True)
    failing_since = DateTime(description="Null while the address answers.")


def web_link_fields() -> dict[str, Any]:
    """The check, and the player of a video, for `WebLink`."""
    return {
        "check": graphene.Field(WebLinkCheck, description="Null before the first check."),
        "provider": graphene.String(description="The site that a player would load from."),
        "embed_url": graphene.String(description="Of the player: load it only by consent."),
        "resolve_check": staticmethod(lambda publication, info: _check_of(publication)),
        "resolve_provider": staticmethod(lambda publication, info: _video(publication, "provider")),
        "resolve_embed_url": staticmethod(
            lambda publication, info: _video(publication, "embed_url")
        ),
    }


def _video(publication: Publication, name: str) -> str | None:
    video = video_of(publication.data["fields"]["url"])
    return getattr(video, name) if video else None


def _check_of(publication: Publication) -> LinkCheck | None:
    """One query for every link that was read together with this one."""
    reader = reader_of(publication)
    checks = reader.beside["link_checks"]
    if _url(publication) not in checks:
        read = [row for row in (publication, *reader.publications) if row.type == "WebLink"]
        urls = {_url(row) for row in read}
        checks.update(dict.fromkeys(urls))
        found = LinkCheck.objects.filter(url__in=urls, checked_at__isnull=False)
        checks.update({check.url: check for check in found})
    return checks[_url(publication)]


def _url(publication: Publication) -> str:
    return normal_url(publication.data["fields"]["url"])
