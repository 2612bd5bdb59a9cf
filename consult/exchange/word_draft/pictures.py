"""Figures: their bytes kept under a name made of them, with the alternative text."""

import hashlib

from consult.exchange.word_draft.ooxml import MC, WP, A, Element, R, V, W, local
from consult.exchange.word_draft.passage import Piece
from consult.exchange.word_draft.source import Source

ONE_BYTES = 16 * 1024 * 1024
ALL_BYTES = 48 * 1024 * 1024
_SHOWN = {"png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "gif": b"GIF8", "webp": b"RIFF"}
_OBJECTS = ("chart", "diagram", "relIds", "OLEObject", "control", "cxChart", "contentPart", "wpc")


class Pictures:
    def __init__(self, source: Source) -> None:
        self.source = source

    def read(self, drawn: Element, place: int) -> list[Piece]:
        """A piece for every picture of a drawing, with its bytes among the assets. What cannot be kept is told."""
        alternative = _alternative(drawn)
        found = [
            self._picture(each.get(R + "embed") or each.get(R + "id") or "", each.get(R + "link"), alternative, place, _decorative(drawn))
            for each in drawn.iter(A + "blip", V + "imagedata")
            if not _elsewhere(each, drawn)
        ]
        objects = [name for each in drawn.iter() if (name := local(each)) in _OBJECTS and not _elsewhere(each, drawn)]
        if objects:
            self.source.findings.tell("word_object", place, alternative)
            if not found and alternative:
                return [Piece(alternative)]
        return [piece for piece in found if piece is not None]

    def _picture(self, embedded: str, linked: str | None, alternative: str, place: int, decorative: bool) -> Piece | None:
        tell = self.source.findings.tell
        relation = self.source.relations.get(embedded)
        if relation is None or relation.is_external or relation.target not in self.source.package:
            tell("word_picture_elsewhere" if linked or (relation and relation.is_external) else "word_picture_gone", place, alternative)
            return Piece(alternative) if alternative else None
        content = self.source.package.read(relation.target)
        if len(content) > ONE_BYTES or sum(map(len, self.source.assets.values())) + len(content) > ALL_BYTES:
            tell("word_picture_large", place, alternative, limit=ONE_BYTES)
            return Piece(alternative) if alternative else None
        ending = next((name for name, head in _SHOWN.items() if content.startswith(head)), "")
        if not ending:
            ending = relation.target.rpartition(".")[2].lower()[:5]
            ending = ending if ending.isalnum() else "bin"
            tell("word_picture_format", place, alternative, format=ending.upper())
        if not alternative and not decorative:
            tell("word_picture_silent", place)
        path = f"assets/{hashlib.sha256(content).hexdigest()[:16]}.{ending}"
        self.source.assets[path] = content
        self.source.findings.counts["pictures"] += 1
        return Piece(alternative, picture=path)


def _alternative(drawn: Element) -> str:
    for each in drawn.iter(WP + "docPr"):
        if not _elsewhere(each, drawn):
            return " ".join((each.get("descr") or each.get("title") or "").split())
    return next((" ".join(text.split()) for each in drawn.iter(V + "shape", V + "rect") if (text := each.get("alt"))), "")


def _decorative(drawn: Element) -> bool:
    return any(local(each) == "decorative" and each.get("val") in ("1", "true") for each in drawn.iter())


def _elsewhere(element: Element, drawn: Element) -> bool:
    """In a text box, which is read by itself, or in the older form of the same drawing."""
    for each in element.iterancestors():
        if each is drawn:
            return False
        if each.tag in (W + "txbxContent", MC + "Fallback"):
            return True
    return False
