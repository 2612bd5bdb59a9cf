"""The Word redline, judged by LibreOffice: accept all is the new draft, reject all the old one."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

import docx
import pytest

from consult.core.change import Change, Link
from consult.core.clause import Draft
from consult.core.compare import changes_for, compare
from consult.core.draft import read_draft
from consult.core.render import plain_text
from consult.exchange.redline_docx import redline_docx
from consult.exchange.tracked import IN_NEW, IN_OLD, TrackedParagraph, tracked
from consult.resources import resource
from tests.support.languages import crossed
from tests.support.tracked_changes import Paragraphs, Settled, settled

AT = datetime(2026, 3, 24, 13, 31, 7, tzinfo=UTC)
LANGUAGES = ("en", "fr", "zh")
FRONT = "---\nstandard: s\nversion: {version}\nlanguage: en\ntitle: {title}\n---\n"
OLD = """# First part

Words before the clauses.

## 1 Aims

The Entity shall report. It shall keep records for 5 years.

| Year | Limit |
| --- | --- |
| 2020 | 8 t |

## 2 Reach

- a bullet
- another one

a) the first item;
b) the second item.

### 2.1 Kept as it is

    indented

## 3 Split later

The plant shall measure dust each month. The plant shall treat its water before release.

## 4 One of two

The operator shall name a contact person for neighbours.

## 5 Two of two

The operator shall answer complaints within 30 days.

# Last part

## 6 Gone

Nobody needs this clause any more.
"""
NEW = """# First part

Other words before the clauses.

Note: And a second paragraph.

## 1 Reach and limits

- a bullet

a) the second item;
b) a third item.

```
some  code <x>
  & more
```

### 1.1 Kept as it is

    indented

## 2 Aims

The Entity shall report.

It shall keep records for 10 years.

| Year | Limit |
| --- | --- |
| 2020 | 7 t |
| 2030 | 5 t |

## 3 Dust

The plant shall measure dust each month.

## 4 Water

The plant shall treat its water before release.

## 5 Neighbours

The operator shall name a contact person for neighbours.

The operator shall answer complaints within 20 days.

# Final part
"""
LINKS = [
    (["1"], ["2"]), (["2"], ["1"]), (["2.1"], ["1.1"]), (["3"], ["3", "4"]), (["4", "5"], ["5"]), (["6"], []),
]  # fmt: skip


def content(version: str, language: str) -> Draft:
    draft, _ = read_draft((resource("content") / "performance-standard" / version / f"{language}.md").read_bytes())
    assert draft
    return draft


def small(version: str, title: str, body: str) -> Draft:
    draft, _ = read_draft(FRONT.format(version=version, title=title) + body)
    assert draft
    return draft


def constructed() -> tuple[Draft, Draft, tuple[Change, ...]]:
    """Every kind of change by hand: two clauses that change places, a split, a merge, a removal at the very end, a renamed group."""
    old, new = small("v1", "A small standard", OLD), small("v2", "A standard", NEW)
    links = [Link(("modified",), tuple(before), tuple(after), 1.0, "recorded") for before, after in LINKS]
    return old, new, changes_for(links, old, new)


def shown(draft: Draft) -> list[str]:
    """The lines of a draft as a reader sees them."""
    lines = [draft.title, draft.version]
    for clause in draft.clauses:
        lines.append(f"{clause.label} {clause.title}".strip())
        lines += plain_text(clause.text).split("\n") if clause.text else []
    return lines


def side(paragraphs: tuple[TrackedParagraph, ...], inks: str) -> list[str]:
    lines, line = [], ""
    for paragraph in paragraphs:
        line += "".join(text for ink, text in paragraph.runs if ink in inks)
        if paragraph.end in inks:
            lines += line.split("\n")
            line = ""
    assert line == ""
    return lines


def lines_of(paragraphs: Paragraphs) -> list[str]:
    """Without the empty paragraph that ends a document whose last clause is tracked."""
    lines = [line for _, text in paragraphs for line in text.split("\n")]
    return lines[:-1] if lines[-1] == "" else lines


def headings(paragraphs: Paragraphs) -> list[str]:
    return [text for style, text in paragraphs if style.startswith("Heading")]


@pytest.fixture(scope="module", params=["zh", pytest.param("en fr", marks=pytest.mark.long)])
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Draft, Draft, Settled]]:
    """Old draft, new draft and what LibreOffice makes of their redline, by language; `small` for the constructed one."""
    folder = tmp_path_factory.mktemp("redlines")
    pairs = {language: (content("v2", language), content("v3-draft-2", language)) for language in request.param.split()}
    changes = {language: compare(*pair) for language, pair in pairs.items()}
    old, new, made = constructed()
    pairs["small"], changes["small"] = (old, new), made
    files = [folder / f"{name}.docx" for name in pairs]
    for file, (name, pair) in zip(files, pairs.items(), strict=True):
        file.write_bytes(redline_docx(*pair, changes[name], at=AT))
    return {name: (*pairs[name], each) for name, each in zip(pairs, settled(files), strict=True)}


def test_accepting_all_gives_exactly_the_new_draft(judged: dict[str, tuple[Draft, Draft, Settled]]) -> None:
    for _, new, each in judged.values():
        assert lines_of(each.accepted) == shown(new)
        assert headings(each.accepted) == [f"{clause.label} {clause.title}".strip() for clause in new.clauses]


def test_rejecting_all_gives_exactly_the_old_draft(judged: dict[str, tuple[Draft, Draft, Settled]]) -> None:
    for old, _, each in judged.values():
        assert lines_of(each.rejected) == shown(old)
        assert headings(each.rejected) == [f"{clause.label} {clause.title}".strip() for clause in old.clauses]


PAIRS = [("v2", "v3-draft-1"), ("v2", "v3-draft-2"), ("v3-draft-1", "v3-draft-2"), ("v3-draft-2", "v2")]


@pytest.mark.parametrize(("before", "after", "language"), crossed(PAIRS))
def test_either_draft_is_read_out_of_the_tracked_one(before: str, after: str, language: str) -> None:
    old, new = content(before, language), content(after, language)
    paragraphs = tracked(old, new, compare(old, new))
    assert side(paragraphs, IN_NEW) == shown(new)
    assert side(paragraphs, IN_OLD) == shown(old)


def test_constructed_changes_are_exact_whatever_the_links_say() -> None:
    old, new, changes = constructed()
    for some in (changes, changes[::2], (), (*changes, *changes), tuple(replace(each, text=each.text[:1]) for each in changes)):
        paragraphs = tracked(old, new, some)
        assert side(paragraphs, IN_NEW) == shown(new)
        assert side(paragraphs, IN_OLD) == shown(old)


def test_the_same_draft_twice_has_no_changes() -> None:
    draft = content("v2", "fr")
    assert {paragraph.end for paragraph in tracked(draft, draft, compare(draft, draft))} == {"="}
    assert {ink for paragraph in tracked(draft, draft, compare(draft, draft)) for ink, _ in paragraph.runs} == {"="}


def found(paragraphs: tuple[TrackedParagraph, ...], words: str) -> TrackedParagraph:
    (one,) = [each for each in paragraphs if words in "".join(text for _, text in each.runs)]
    return one


def test_a_number_is_struck_as_a_whole() -> None:
    paragraphs = tracked(*constructed())
    assert found(paragraphs, "One of two").runs[:3] == (("-", "4"), ("+", "5"), ("=", " "))


def test_a_split_puts_a_heading_amid_the_text_that_stays() -> None:
    paragraphs = tracked(*constructed())
    heading = found(paragraphs, "4 Water")
    assert (heading.end, heading.runs) == ("+", (("+", "4 Water"),))
    assert found(paragraphs, "measure dust").runs[0] == ("=", "The plant shall measure dust each month.")
    assert found(paragraphs, "treat its water").runs[-1] == ("=", "The plant shall treat its water before release.")


def test_a_merge_strikes_the_heading_between_the_texts() -> None:
    paragraphs = tracked(*constructed())
    assert found(paragraphs, "5 Two of two").end == "-"
    assert found(paragraphs, "answer complaints").runs[1:3] == (("-", "30"), ("+", "20"))


def test_clauses_that_change_places_are_one_move_with_its_rewording() -> None:
    paragraphs = tracked(*constructed())
    moves = [(each.move, each.end) for each in paragraphs if each.move]
    assert [pair for pair, _ in groupby(moves)] == [(1, "+"), (2, "+"), (1, "-"), (2, "-")]
    first = next(each for each in paragraphs if (each.move, each.end) == (1, "+"))
    assert first.runs == (("+", "1"), (">", " Reach"), ("+", " and limits"))
    went, came = ("".join(text for each in paragraphs for ink, text in each.runs if ink == sign) for sign in "<>")
    assert went == came != ""


def test_additions_to_a_clause_stand_before_clauses_removed_behind_it() -> None:
    lines = [(each.end, "".join(text for _, text in each.runs)) for each in tracked(*constructed())]
    assert lines.index(("+", "2030 | 5 t")) < lines.index(("-", "2 Reach"))


def xml(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_every_mark_has_an_author_a_time_and_a_number_of_its_own() -> None:
    old, new = content("v2", "en"), content("v3-draft-2", "en")
    body = xml(redline_docx(old, new, compare(old, new), at=AT, author="ASI & Co"))
    marks = re.findall(r"<w:(ins|del|moveFrom|moveTo|moveFromRangeStart|moveToRangeStart|pPrChange) ([^>]*)>", body)
    assert Counter(re.search(r'w:id="(\d+)"', rest)[1] for _, rest in marks).most_common(1)[0][1] == 1  # type: ignore[index]
    assert all('w:author="ASI &amp; Co" w:date="2026-03-24T13:3' in rest for _, rest in marks)
    assert {kind for kind, _ in marks} >= {"ins", "del", "moveFrom", "moveTo"}


def test_every_move_begins_and_ends_at_both_places() -> None:
    old, new = content("v2", "en"), content("v3-draft-2", "en")
    body = xml(redline_docx(old, new, compare(old, new), at=AT))
    names = {kind: re.findall(rf'<w:{kind}RangeStart [^>]*w:name="(\w+)"', body) for kind in ("moveFrom", "moveTo")}
    assert sorted(names["moveFrom"]) == sorted(names["moveTo"]) != []
    for kind in names:
        starts = re.findall(rf'<w:{kind}RangeStart w:id="(\d+)"', body)
        assert re.findall(rf'<w:{kind}RangeEnd w:id="(\d+)"', body) == starts
        assert body.count(f"<w:{kind} ") >= len(starts)


@pytest.mark.parametrize(("language", "tag", "latin"), [("en", "en-GB", "en-GB"), ("fr", "fr-FR", "fr-FR"), ("zh", "zh-CN", "en-GB")])
def test_title_language_and_fonts_of_both_scripts_are_set(language: str, tag: str, latin: str) -> None:
    old, new = content("v3-draft-1", language), content("v3-draft-2", language)
    data = redline_docx(old, new, compare(old, new), at=AT)
    about = docx.Document(io.BytesIO(data)).core_properties
    assert (about.title, about.language, about.author) == (f"{new.title}: v3-draft-1 → v3-draft-2", tag, "consult")
    assert about.created == about.modified == AT
    styles = xml(data, "word/styles.xml")
    assert f'w:val="{latin}" w:eastAsia="zh-CN"' in styles
    for name in ("Normal", "Heading1", "Title"):
        style = re.search(rf'<w:style [^>]*w:styleId="{name}".*?</w:style>', styles, re.DOTALL)
        assert style
        assert 'w:eastAsia="Microsoft YaHei"' in style[0]
        assert "Theme=" not in re.sub("<w:color[^>]*>", "", style[0])


def odd_drafts() -> Iterator[tuple[str, str]]:
    yield "", ""
    yield "# 1 A\n", ""
    yield "", "# 1 A\n\nText.\n"
    yield "# 1\n\n```\nan open fence\n", "# 1\n\nNone.\n\n# 2\n\n~~~\nanother\n"
    yield "# 1 A\n\n---\n\n> quoted\n> - a\n\n\\* no bullet\n", "# 1 A\n\n* bullet <script>alert(1)</script> &amp; \t tab\n"


@pytest.mark.parametrize(("before", "after"), list(odd_drafts()))
def test_odd_drafts_are_exact_too_and_open_as_word(before: str, after: str) -> None:
    old, new = small("v1", "T", before), small("v2", "T", after)
    changes = compare(old, new)
    paragraphs = tracked(old, new, changes)
    assert (side(paragraphs, IN_OLD), side(paragraphs, IN_NEW)) == (shown(old), shown(new))
    document = docx.Document(io.BytesIO(redline_docx(old, new, changes, at=AT)))
    assert document.paragraphs[0].text == "T"
