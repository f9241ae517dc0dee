"""Reads what is sent with files that are too large: the files go, what was typed stays."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class UploadLimit(FileUploadHandler):
    """Stands first among the upload handlers and drops files once `limit` bytes have come.

    A telephone's film would otherwise fill the disk, or take the words with it when refused.
    """

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit, self.received = limit, 0

    @property
    def is_exceeded(self) -> bool:
        """Whether at least one file was dropped."""
        return self.received > self.limit

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hands the bytes on, or skips the rest of this file."""
        self.received += len(raw_data)
        if self.is_exceeded:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        """The next handler keeps the file."""
        return None
