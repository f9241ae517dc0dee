"""Video addresses: which site, and the player's address without tracking cookies."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Video(NamedTuple):
    """A video on another site: `provider` ("YouTube", "Vimeo") and the address of its player."""

    provider: str
    embed_url: str


def video_of(url: str) -> Video | None:
    """What a video's page address names, or None where the site is not one we know."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if parts.scheme not in ("http", "https"):
        return None
    if host in ("youtube.com", "youtu.be"):
        path_id = parts.path.rsplit("/", 1)[-1]
        video_id = parse_qs(parts.query).get("v", [path_id])[0]
        if re.fullmatch(r"[\w-]{6,20}", video_id):
            return Video("YouTube", f"https://www.youtube-nocookie.com/embed/{video_id}")
    if host in ("vimeo.com", "player.vimeo.com"):
        video_id = parts.path.rstrip("/").rsplit("/", 1)[-1]
        if video_id.isdecimal():
            return Video("Vimeo", f"https://player.vimeo.com/video/{video_id}?dnt=1")
    return None
