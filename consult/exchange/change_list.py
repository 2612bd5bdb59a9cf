"""Changes between two drafts as JSON, as plain text and as one page of HTML (what `consult diff` prints)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from consult.core.align import doubtful
from consult.core.change import Change, Spans
from consult.core.clause import Draft
from consult.core.compare import ENGINE, Comparison, doubts
from consult.core.meaning import Meaning
from consult.core.meaning.of_change import meaning_of, terms_of
from consult.core.redline import RedlineWords, redline


def as_json(old: Draft, new: Draft, found: Comparison) -> str:
    """The exact record: every number of both drafts occurs, SPANS as lists of [mark, text].

    `trust_in_numbers` and `expected_f1` say how far the map can be believed; `candidates` (per clause without a sure link), `possible` links,
    `contradicted` records and `notices` are for a person to look at. `meaning` (where something was read in a change): suggested labels, and
    their signs as objects with kind, direction, language, old, new, where.
    """
    aligned = found.alignment
    return json.dumps(
        {
            "old": old.version,
            "new": new.version,
            "engine": ENGINE,
            "changes": [
                {**record(change), **_meaning(said)} for change, said in zip(found.changes, meanings(old, new, found.changes), strict=True)
            ],
            "trust_in_numbers": aligned.trust,
            "expected_f1": aligned.expected,
            "candidates": {side: {n: [list(c) for c in found] for n, found in lists.items()} for side, lists in doubtful(aligned).items()},
            "possible": [{"kind": each.kind, "old": each.old, "new": each.new, "score": each.score} for each in aligned.possibles],
            "contradicted": [
                {
                    "new": each.new,
                    "recorded": list(each.recorded),
                    "old": each.old,
                    "score": each.score,
                    "recorded_score": each.recorded_score,
                }
                for each in aligned.contradicted
            ],
            "notices": [{"code": problem.code, **problem.where, **problem.params} for problem in doubts(aligned, old, new)],
        },
        ensure_ascii=False,
        indent=1,
    )


def record(change: Change) -> dict[str, Any]:
    """One change as design section 7 fixes it; `bounded` only where a text was too large to compare word by word."""
    row: dict[str, Any] = {
        "kinds": list(change.link.kinds),
        "old": list(change.link.old),
        "new": list(change.link.new),
        "score": round(change.link.score, 4),
        "unsure": change.link.unsure,
        "title": [list(span) for span in change.title],
        "text": [list(span) for span in change.text],
    }
    return {**row, "bounded": True} if change.bounded else row


def meanings(old: Draft, new: Draft, changes: Sequence[Change]) -> list[Meaning | None]:
    """What each change means, as the program suggests it."""
    terms = terms_of(old, new)
    return [meaning_of(change, new.language, terms) for change in changes]


def _meaning(said: Meaning | None) -> dict[str, Any]:
    return {"meaning": {"labels": list(said.labels), "signs": [asdict(sign) for sign in said.signs]}} if said else {}


def _suggested(said: Meaning | None) -> str:
    """`suggested: stricter, new obligation`, or nothing."""
    return f"suggested: {', '.join(said.labels).replace('_', ' ')}" if said and said.labels else ""


def heading(change: Change, labels: Mapping[str, str]) -> str:
    """`5.3 -> 5.2  renumbered, modified  (unsure)`."""
    old, new = (" + ".join(labels.get(number, number) for number in side) for side in (change.link.old, change.link.new))
    return f"{old or '—'} -> {new or '—'}  {', '.join(change.link.kinds)}" + ("  (unsure)" if change.link.unsure else "")


def as_text(old: Draft, new: Draft, changes: Sequence[Change]) -> str:
    """A change a paragraph: heading, then the words with [-removed-] and {+added+}; unchanged clauses are counted at the end."""
    labels = {clause.number: clause.label for draft in (old, new) for clause in draft.numbered}
    lines = [f"{old.standard} {old.version} -> {new.version} ({new.language})", ""]
    for change, said in zip(changes, meanings(old, new, changes), strict=True):
        if change.link.kinds != ("unchanged",):
            suggested = [f"    ({words})"] if (words := _suggested(said)) else []
            lines += [heading(change, labels), *suggested, *(f"    {line}" for line in marked(change).splitlines()), ""]
    lines.append(counted(changes))
    return "\n".join(lines)


def marked(change: Change) -> str:
    return f"{_marked(change.title)}\n{_marked(change.text)}".strip()


def _marked(spans: Spans) -> str:
    around = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
    return "".join(f"{around[mark][0]}{text}{around[mark][1]}" for mark, text in spans)


STYLE = (
    "body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 serif}h1,h2,.title,.counts{font-family:sans-serif}"
    "h2{font-size:1rem;border-top:1px solid;padding-top:.7rem;margin-top:2rem}.title p{font-weight:600;margin:0}"
    "ins{color:#1f3bad}del{color:#ad2a17}ol,ul{list-style:none;padding-left:1.2rem}ul>li{list-style:disc}"
    ".unseen{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.2rem .5rem;text-align:left}"
    "@media(prefers-color-scheme:dark){body{background:#171a1f;color:#e6e6e6}ins{color:#9db1ff}del{color:#ff9c8c}}"
)


def as_html(old: Draft, new: Draft, changes: Sequence[Change], words: RedlineWords) -> str:
    """One page that needs nothing beside it: redlines of all changes, inserted underlined, deleted struck; runs nothing, fetches nothing.

    Kinds and counts are English, marked as such in the page of another language.
    """
    labels = {clause.number: clause.label for draft in (old, new) for clause in draft.numbered}
    title = f"{new.title}: {old.version} -> {new.version}"
    sections = (
        f'<section><h2 lang="en">{escape(heading(change, labels))}</h2>\n{_mark(said)}<div class="title">'
        f"{redline(change.title, new.language, words)}</div>\n{redline(change.text, new.language, words)}</section>"
        for change, said in zip(changes, meanings(old, new, changes), strict=True)
        if change.link.kinds != ("unchanged",)
    )
    language = {"zh": "zh-Hans"}.get(new.language, new.language) or "und"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body><main><h1>{escape(title)}</h1>\n"
        f'<p class="counts" lang="en">{counted(changes)}</p>\n{chr(10).join(sections)}\n</main></body></html>\n'
    )


def _mark(said: Meaning | None) -> str:
    return f'<p class="counts" lang="en">{escape(words[0].upper() + words[1:])}</p>\n' if (words := _suggested(said)) else ""


def counted(changes: Sequence[Change]) -> str:
    same = sum(change.link.kinds == ("unchanged",) for change in changes)
    return f"{len(changes) - same} changed, {same} unchanged"
