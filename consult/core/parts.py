"""Parts of a change: what of a comparison belongs to each of several clauses on its new side (split)."""

from consult.core.change import JOINT, Span, Spans


def parts(spans: Spans, texts: tuple[str, ...]) -> tuple[Spans, ...]:
    """One part per text, where the new side is these texts joined in their order; the whole for each where it is not.

    Kept + added of a part is its text; every removal stands in exactly one part, behind the words before it.
    """
    if len(texts) == 1 or "".join(text for mark, text in spans if mark != "-") != JOINT.join(texts):
        return tuple(spans for _ in texts)
    found = []
    start, before = 0, -1
    for text in texts:
        end = start + len(text)
        found.append(_part(spans, before, start, end))
        start, before = end + len(JOINT), end
    return tuple(found)


def _part(spans: Spans, before: int, start: int, end: int) -> Spans:
    """The characters `start..end` of the new text, and the removals that stand behind `before` and not behind `end`."""
    found: list[Span] = []
    at = 0
    for mark, text in spans:
        if mark == "-":
            piece = text if before < at <= end else ""
        else:
            piece = text[max(0, start - at) : max(0, end - at)]
            at += len(text)
        if piece:
            found.append((mark, piece))
    return tuple(found)
