"""Editions and changes for tests of files: from our own content, and one made to break builders."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from consult.core.change import Change
from consult.core.clause import Draft
from consult.core.compare import changes_for, compare
from consult.core.draft import read_draft
from consult.core.edition import Edition, EditionChanges, Noted, Reason
from consult.resources import resource
from consult.wording.version_file import FileWords

PUBLISHED = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
LANGUAGES = ("en", "fr", "zh")
TABLE = "| Limit | Value |\n|---|---|\n" + "\n".join(f"| pollutant {n} `<b>` #{n} | =1+{n} mg/m³ \\| $x_{n}$ |" for n in range(2500))
"""A table of more than 100 kB."""
HOSTILE = f"""---
standard: s
version: v1
language: en
title: "#set page(fill: red) <w:p/> =1+1"
---
Loose text before everything: #panic("run") \\#let $ a $ @ref <label>.

#### 1.1.1 =1+1 #show: it => panic()

#import "x": * $ sum $ <script>alert(1)</script> & \\\\ ~ ` * _ [link](javascript:alert(1)) [ok](https://example.org/?a=1&b="2")

- = heading in typst
- + list / term
  continued

## 2 שלום עולم مرحبا \u202eevil\u202c

RTL: هذا النص من اليمين إلى اليسار. Emoji 🏭👩🏽‍🔬, unassigned \U000e0fff, private \ue000, joined e\u0301, 𠮷野家.

> quoted #box[x]
>
> ```
> code with ## 3 no heading
>     and $math$
> ```

# Annexed group

## 3

{TABLE}

***

### 3.1 {"x" * 300}

{"nospace" * 700}
"""


def edition(language: str, version: str = "v3-draft-1") -> Edition:
    """A version of our own content."""
    path = resource("content") / "performance-standard" / version / f"{language}.md"
    draft, problems = read_draft(path.read_text(encoding="utf-8"), file=str(path))
    assert draft is not None, problems
    return edition_of(draft)


def hostile() -> Edition:
    draft, problems = read_draft(HOSTILE, file="hostile.md")
    assert draft is not None, problems
    return edition_of(draft)


def edition_of(draft: Draft) -> Edition:
    return Edition(
        draft=draft, status="draft", dated=date(2026, 1, 7), effective=None, transition_until=None, normative=True, prevails="en",
        published_at=PUBLISHED, baselines=("v2",),
    )  # fmt: skip


def changes(language: str, old: str = "v2", new: str = "v3-draft-1") -> EditionChanges:
    """Two versions of our own content, along the map of the English ones."""
    before, after = edition(language, old), edition(language, new)
    links = [change.link for change in compare(edition("en", old).draft, edition("en", new).draft)]
    return changes_of(before, after, changes_for(links, before.draft, after.draft))


def changes_of(old: Edition, new: Edition, found: tuple[Change, ...], reasons: Mapping[str, Reason] | None = None) -> EditionChanges:
    told = reasons or {}
    noted = tuple(Noted(each, reasons={n: told[n] for n in each.link.new if n in told}) for each in found)
    return EditionChanges(old, new, noted, total=sum(len(each.shown) for each in noted))


def hostile_changes() -> EditionChanges:
    after = hostile()
    clauses = tuple(replace(each, text=each.text.replace("=1", "+2"), title=each.title.upper()) for each in after.draft.clauses[:-1])
    before = edition_of(replace(after.draft, clauses=clauses, version="v0"))
    found = compare(before.draft, after.draft)
    return changes_of(before, after, found, {"2": Reason("=HYPERLINK() #panic() <b>", "fr")})


def words(language: str = "en") -> FileWords:
    """English words that need no application."""
    return FileWords(
        language=language, translate=lambda text: text, translate_in=lambda _context, text: text, body="A Body",
        notice="Illustrative text", activity=lambda code: code.capitalize(),
    )  # fmt: skip
