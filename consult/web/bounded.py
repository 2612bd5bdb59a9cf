"""Requests with files: read to their end, so that the rest of the form survives, but no more of a file is kept than may be stored."""

from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Request

from consult.core.attachment import FILE_BYTES, PER_COMMENT
from consult.core.received_file import LARGEST as FORM_BYTES

WITH_FILES = {
    "commenting.on_clause", "commenting.on_removed", "commenting.on_new", "commenting.on_document", "commenting.on_process", "mine.keep",
    "mine.send_file", "moderating.bring_file",
}  # fmt: skip
"""Endpoints whose forms take files beside words."""
LARGEST = 256 * 1024 * 1024
"""Bytes of such a request: what is too large to be stored is still heard out, up to here."""
MOST_FILES = 2 * PER_COMMENT
"""Of more files nothing is kept."""


class BoundedFile(SpooledTemporaryFile[bytes]):
    """Forgets what comes behind the limit of a file; one byte more tells that there was something."""

    def __init__(self, most: int) -> None:
        super().__init__(max_size=512 * 1024)
        self._left = most

    def write(self, data: Any) -> int:
        kept = bytes(data)[: self._left]
        self._left -= len(kept)
        super().write(kept)
        return len(data)


class BoundedRequest(Request):
    """What `consult.web.application` answers to."""

    _files_begun = 0

    @property
    def max_content_length(self) -> int | None:
        if self.endpoint in WITH_FILES:
            return LARGEST
        return super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        Request.max_content_length.fset(self, value)  # type: ignore[attr-defined]

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None, content_length: int | None = None
    ) -> IO[bytes]:
        if self.endpoint not in WITH_FILES:
            return super()._get_file_stream(total_content_length, content_type, filename, content_length)
        self._files_begun += 1
        return BoundedFile(max(FILE_BYTES, FORM_BYTES) + 1 if self._files_begun <= MOST_FILES else 1)
