"""What we hold about a person in one file: the data as JSON and to be read, and every file she sent, byte by byte."""

import shutil
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

STAMP = (1980, 1, 1, 0, 0, 0)
"""The same data give the same bytes: nothing in it tells when it was made."""


def write_my_data_zip(file: BinaryIO, texts: Iterable[tuple[str, bytes]], files: Iterable[tuple[str, BinaryIO]]) -> None:
    """`texts` and `files`: name within the archive and content. Files are read piece by piece, and closed."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in texts:
            archive.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
        for name, source in files:
            with source, archive.open(zipfile.ZipInfo(name, STAMP), "w") as entry:
                shutil.copyfileobj(source, entry)
