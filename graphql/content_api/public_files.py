"""A public file as the API describes it, and how a reader comes by those of what it read."""

from abc import ABC, abstractmethod
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from django.db.models import CharField, F, Value
from django.urls import get_script_prefix, reverse
from django.utils.http import RFC3986_SUBDELIMS

from cms.access.private_files import private_address
from cms.publication.models import PinnedFile, Publication

_ANY_HASH, _ANY_NAME = "0" * 64, "name"


class PublicFile(NamedTuple):
    """A file as readers see it."""

    filename: str
    content_type: str
    size: int
    width: int | None
    height: int | None
    sha256: str = ""
    placeholder: str = ""
    page_count: int | None = None
    private_path: str = ""  # of a draft's file, or one that a key opened

    @property
    def path(self) -> str:
        """The address below the site's root."""
        return self.private_path or path_of(self.sha256, self.filename)


# The columns of a pinned file, in the order of the fields.
FILE_COLUMNS = PublicFile._fields[:-1]


def path_of(sha256: str, filename: str) -> str:
    """The address of a pinned file, as `PinnedFile.path_as` gives it: for hundreds at a time."""
    before, after = _around_hash(get_script_prefix())
    # As Django's `reverse` quotes.
    return f"{before}{sha256}{after}{quote(filename, safe=RFC3986_SUBDELIMS + '/~:@')}"


@lru_cache(maxsize=8)
def _around_hash(_prefix: str) -> tuple[str, str]:
    """What stands before and after the hash in every address of a file."""
    path = reverse("pinned_file", args=[_ANY_HASH, _ANY_NAME])
    before, _hash, after = path.removesuffix(_ANY_NAME).partition(_ANY_HASH)
    return before, after


class FileReading(ABC):
    """The part of a reader that finds files: all that were named, at the first question."""

    unlocked: frozenset[str]
    _files: dict[str, PublicFile | None]
    _renditions: dict[str, list[PublicFile]]

    @abstractmethod
    def _with_named(self) -> list[Publication]:
        """What was read, with what that names."""

    def file(self, sha256: str, publication: Publication) -> PublicFile | None:
        """A pinned file that this publication names, under the name that it gives it."""
        if sha256 not in self._files:
            self._fetch_files()
        file, described = self._files.get(sha256), publication.data["files"].get(sha256)
        if file is None:
            return None
        return self._opened(file._replace(filename=described["filename"]) if described else file)

    def renditions(self, sha256: str) -> list[PublicFile]:
        """The scaled copies of an image, narrow first."""
        if sha256 not in self._files:
            self._fetch_files()
        return [self._opened(file) for file in self._renditions[sha256]]

    def _fetch_files(self) -> None:
        """Every file that is named and was not fetched yet, with its renditions."""
        names = {
            sha256
            for publication in self._with_named()
            for sha256 in publication.data["files"]
            if sha256 not in self._files
        }
        if not names:
            return
        self._files.update(dict.fromkeys(names))
        columns = ("source", "pk", *FILE_COLUMNS)
        # Two indexed questions in one query: with "or" across the join it would read every file.
        originals = PinnedFile.objects.filter(sha256__in=names)
        own = originals.annotate(source=Value("", output_field=CharField()))
        copies = PinnedFile.objects.filter(sources__sha256__in=names)
        made = copies.annotate(source=F("sources__sha256"))
        both = own.values_list(*columns).union(made.values_list(*columns), all=True)
        for source, _pk, *described in both.order_by("width", "pk"):
            file = PublicFile(*described)
            if source:
                self._renditions[source].append(file)
            else:
                self._files[file.sha256] = file

    def file_path(self, path: str) -> str:
        """Where this reader gets the public file at a path: signed, where pages were unlocked."""
        return private_address(path, self.unlocked) if self.unlocked else path

    def _opened(self, file: PublicFile) -> PublicFile:
        return file._replace(private_path=self.file_path(file.path)) if self.unlocked else file
