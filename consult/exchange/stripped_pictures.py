"""Pictures without metadata: only the parts that draw are kept, as they are. Nothing is decoded, so that no picture needs much memory.

JPEG: T.81 and the Exif orientation, which is written anew alone. PNG: the chunks of the third edition that draw. WebP: RFC 9649.
"""

import struct
import zlib

from consult.core.problem import Problem, Refused

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}
_WEBP_FLAGS = 0b00010010
"""Of VP8X: animation and alpha stay; ICC profile, Exif and XMP are gone."""
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_TABLES = {0xC4, 0xCC, 0xDB, 0xDC, 0xDD}
"""Huffman and arithmetic conditioning tables, quantisation, number of lines, restart interval."""


def strip_picture(data: bytes) -> bytes:
    """Raises Refused `not_readable` where the parts do not follow the format."""
    try:
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp(data)
    except (IndexError, struct.error):
        raise Refused(Problem("not_readable")) from None
    raise Refused(Problem("not_readable"))


def _png(data: bytes) -> bytes:
    kept, at = [_PNG], 8
    seen: list[bytes] = []
    while not seen or seen[-1] != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        (sum_,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(kind + body) != sum_ or (not seen and kind != b"IHDR"):
            raise Refused(Problem("not_readable"))
        if kind in _PNG_KEPT:
            kept.append(data[at : at + 12 + length])
        elif kind[0] & 0x20 == 0:  # critical, and unknown to us
            raise Refused(Problem("not_readable"))
        seen.append(kind)
        at += 12 + length
    if b"IDAT" not in seen:
        raise Refused(Problem("not_readable"))
    return b"".join(kept)


def _jpeg(data: bytes) -> bytes:
    kept, at, drawn, orientation = [b"\xff\xd8"], 2, False, 1
    while True:
        if data[at] != 0xFF:
            raise Refused(Problem("not_readable"))
        while data[at + 1] == 0xFF:  # fill bytes
            at += 1
        marker = data[at + 1]
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + length]
        if length < 2 or len(segment) < 2 + length:
            raise Refused(Problem("not_readable"))
        at += 2 + length
        if marker == 0xDA:
            end = _scan_end(data, at)
            kept += [segment, data[at:end]]
            at, drawn = end, True
        elif marker == 0xE0 and segment[4:9] == b"JFIF\0":
            kept.append(b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0")  # without its thumbnail
        elif marker == 0xEE and segment[4:9] == b"Adobe":  # how its colours are to be read
            kept.append(b"\xff\xee\x00\x0e" + segment[4:16])
        elif marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            orientation = _orientation(segment[10:]) or orientation
        elif marker in _FRAMES | _TABLES:
            kept.append(segment)
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            raise Refused(Problem("not_readable"))
    if not drawn:
        raise Refused(Problem("not_readable"))
    if orientation != 1:
        kept.insert(2 if len(kept) > 1 and kept[1][1] == 0xE0 else 1, _exif(orientation))
    return b"".join([*kept, b"\xff\xd9"])


def _scan_end(data: bytes, at: int) -> int:
    """Where entropy-coded data ends: at the first marker that is no stuffed byte and no restart."""
    while True:
        at = found if (found := data.find(b"\xff", at)) >= 0 else len(data)
        follows = data[at + 1]
        if follows == 0 or 0xD0 <= follows <= 0xD7:
            at += 2
        elif follows == 0xFF:
            at += 1
        else:
            return at


def _orientation(tiff: bytes) -> int | None:
    """The tag 0x0112 of the first directory; None where there is none, or the directory is damaged."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return None
    (at,) = struct.unpack_from(f"{order}I", tiff, 4)
    if at + 2 > len(tiff):
        return None
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    for entry in range(at + 2, min(at + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
        if tag == 0x0112:
            return value if kind == 3 and 1 <= value <= 8 else None
    return None


def _exif(orientation: int) -> bytes:
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", 8 + len(tiff)) + b"Exif\0\0" + tiff


def _webp(data: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 > len(data) + 1:
        raise Refused(Problem("not_readable"))
    body = _riff(data[12 : 8 + size])
    if not any(kind in body for kind in (b"VP8 ", b"VP8L", b"ANMF")):
        raise Refused(Problem("not_readable"))
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def _riff(data: bytes) -> bytes:
    kept, at = [], 0
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) < length:
            raise Refused(Problem("not_readable"))
        if kind == b"VP8X":
            body = bytes([body[0] & _WEBP_FLAGS]) + body[1:]
        elif kind == b"ANMF":
            body = body[:16] + _riff(body[16:])
        if kind in _WEBP_KEPT:
            kept.append(kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2))
        at += 8 + length + length % 2
    return b"".join(kept)
