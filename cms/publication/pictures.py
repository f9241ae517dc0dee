"""Scaled and cropped copies of public images that are made when somebody asks for them.

What may be asked for is an allow-list, so that nobody can fill the storage: widths, formats and
proportions, around the point of focus that a public page names. They are a cache: whoever deletes
them gets them back.
"""

import base64
import io
import json
import re
import tempfile
from pathlib import Path
from typing import NamedTuple, Self

from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image, ImageFilter, ImageOps

from cms.publication.models import PinnedFile

WIDTHS = (320, 400, 480, 640, 800, 960, 1200, 1600, 2000, 2400)
# By the suffix of the address: Pillow's name, the media type, and how it is written.
FORMATS: dict[str, tuple[str, str, dict[str, int]]] = {
    "avif": ("AVIF", "image/avif", {"quality": 60, "speed": 8}),
    "jpg": ("JPEG", "image/jpeg", {"quality": 82}),
    "png": ("PNG", "image/png", {}),
    "webp": ("WEBP", "image/webp", {"quality": 82}),
}
# Width to height.
PROPORTIONS = {
    "square": (1, 1),
    "4-3": (4, 3),
    "3-2": (3, 2),
    "16-9": (16, 9),
    "2-1": (2, 1),
    "40-21": (40, 21),
    "3-4": (3, 4),
    "2-3": (2, 3),
}
Box = tuple[float, float, float, float]
_NUMBER = r"((?:0|[1-9]\d*)(?:\.\d+)?)"
_NAME = re.compile(
    rf"(\d{{1,4}})(?:_(square|\d\d?-\d\d?)(?:_{'-'.join([_NUMBER] * 4)})?)?\.(\w{{3,4}})"
)
_PLACEHOLDER_WIDTH = 16


class Copy(NamedTuple):
    """What a copy is: its width, format, proportion ("" for the original's) and point of focus."""

    width: int
    suffix: str
    proportion: str = ""
    focus: Box | None = None

    @classmethod
    def named(cls, name: str) -> Self | None:
        """By the last part of its address; None for what cannot be asked for."""
        found = _NAME.fullmatch(name)
        if found is None or found[7] not in FORMATS or int(found[1]) not in WIDTHS:
            return None
        if found[2] and found[2] not in PROPORTIONS:
            return None
        focus = tuple(map(json.loads, found.groups()[2:6])) if found[3] else None
        made = cls(int(found[1]), found[7], found[2] or "", focus)  # type: ignore[arg-type]
        return made if made.name == name else None

    @property
    def name(self) -> str:
        """The last part of its address."""
        focus = f"_{'-'.join(map(json.dumps, self.focus))}" if self.focus else ""
        proportion = f"_{self.proportion}{focus}" if self.proportion else ""
        return f"{self.width}{proportion}.{self.suffix}"

    @property
    def content_type(self) -> str:
        """Its media type."""
        return FORMATS[self.suffix][1]

    def path(self, sha256: str) -> str:
        """Its address below the site's root."""
        return reverse("picture", args=[sha256, self.name])

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height of this copy of a picture of that size: never larger than it."""
        if not self.proportion:
            own = min(self.width, width)
            return own, max(1, round(height * own / width))
        across, down = PROPORTIONS[self.proportion]
        own = min(self.width, width, max(1, height * across // down))
        return own, max(1, round(own * down / across))


def stored_copy(original: PinnedFile, copy: Copy) -> str:
    """The name, in the public storage, of a copy; made at the first time."""
    storage = PinnedFile.storage()
    name = f"copies/{original.storage_name}/{copy.name}"
    if not storage.exists(name):
        with storage.open(original.storage_name) as stream:
            _put_whole(name, _made(Image.open(stream), copy))
    return name


def placeholder_of(image: Image.Image) -> str:
    """A blurred picture of a few pixels as a data URI, to be shown while the real one loads."""
    height = max(1, round(image.height * _PLACEHOLDER_WIDTH / image.width))
    small = image.convert("RGB").resize((_PLACEHOLDER_WIDTH, height), Image.Resampling.BOX)
    buffer = io.BytesIO()
    small.filter(ImageFilter.GaussianBlur(1)).save(buffer, "WEBP", quality=40)
    return f"data:image/webp;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def _made(image: Image.Image, copy: Copy) -> bytes:
    image = ImageOps.exif_transpose(image)
    pillow_format, _media_type, options = FORMATS[copy.suffix]
    has_alpha = image.has_transparency_data and pillow_format != "JPEG"
    image = image.convert("RGBA" if has_alpha else "RGB")
    box = _cropped(image.width, image.height, copy) if copy.proportion else None
    scaled = image.resize(copy.size(image.width, image.height), Image.Resampling.LANCZOS, box)
    buffer = io.BytesIO()
    scaled.save(buffer, pillow_format, **options)
    return buffer.getvalue()


def _cropped(width: int, height: int, copy: Copy) -> tuple[float, float, float, float]:
    """The largest part of the proportion that holds the middle of the point of focus."""
    across, down = PROPORTIONS[copy.proportion]
    scale = min(width / across, height / down)
    part = (across * scale, down * scale)
    left, top, right, bottom = copy.focus or (0, 0, width, height)
    start_x = min(max((left + right) / 2 - part[0] / 2, 0), width - part[0])
    start_y = min(max((top + bottom) / 2 - part[1] / 2, 0), height - part[1])
    return start_x, start_y, start_x + part[0], start_y + part[1]


def _put_whole(name: str, content: bytes) -> None:
    """Stores a file so that nobody ever sees half of it; two at once write the same."""
    storage = PinnedFile.storage()
    try:
        path = Path(storage.path(name))
    except NotImplementedError:  # object storage puts whole objects
        storage.save(name, ContentFile(content))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as half:
        half.write(content)
    Path(half.name).replace(path)
