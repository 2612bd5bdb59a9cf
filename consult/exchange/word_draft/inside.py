"""What the limited child does with a Word file."""

from collections import Counter
from collections.abc import Mapping

from consult.core.language_guess import SURE, guess_language
from consult.exchange.limited import Answer
from consult.exchange.office_package import open_package
from consult.exchange.word_draft.blocks import Body
from consult.exchange.word_draft.decisions import keys, read_decisions
from consult.exchange.word_draft.ooxml import Element, W
from consult.exchange.word_draft.passage import paragraphs_of
from consult.exchange.word_draft.source import Source, open_source, relations_of
from consult.exchange.word_draft.structure import Structure
from consult.exchange.word_draft.write import Writing

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read(data: bytes, *, tracked: str, decisions: Mapping[str, str]) -> Answer:
    """The draft as Markdown without front matter, with what `read_word_draft` needs to make a WordDraft of it; assets beside it."""
    source = open_source(open_package(data, "docx"), tracked)
    findings = source.findings
    body = Body(source)
    blocks = body.read()
    paragraphs = [each for block in blocks for each in paragraphs_of(block)]
    known = keys([each for each in paragraphs if each.shown])
    structure = Structure(findings, read_decisions(decisions, known, findings), known, blocks)
    structure.read(blocks)
    writing = Writing(body.note, findings)
    markdown = writing.write(structure.parts)
    _tell_tracked(source, tracked)
    counts = findings.counts
    counts["paragraphs"] = body.place
    counts["clauses"] = sum(passage["read_as"] == "clause" for passage in structure.passages)
    value = {
        "markdown": markdown,
        "lines": writing.places,
        "passages": structure.passages,
        "problems": sorted(findings.said, key=lambda each: each["where"].get("paragraph", 0)),
        "counts": dict(counts),
        "title": structure.title or _title(source),
        "language": _language(source, markdown),
    }
    return Answer(value, source.assets)


def _tell_tracked(source: Source, tracked: str) -> None:
    findings = source.findings
    changes = findings.counts["insertions"] + findings.counts["deletions"]
    if changes:
        findings.tell(f"word_changes_{tracked}", insertions=findings.counts["insertions"], deletions=findings.counts["deletions"])
    comments = source.part("comments")
    if comments is not None and (count := sum(1 for _ in comments.iter(W + "comment"))):
        findings.counts["comments"] = count
        findings.tell("word_comments", count=count)


def _title(source: Source) -> str:
    """The title in the file's properties."""
    for relation in relations_of(source.package, "").values():
        if relation.kind == "core-properties" and relation.target in source.package:
            found = source.package.xml(relation.target).find(_TITLE)
            return " ".join((found.text or "").split()) if found is not None else ""
    return ""


def _language(source: Source, markdown: str) -> str:
    """By its words; where they do not tell, as most runs of the file say (programs write there what they were installed in)."""
    said: Counter[str] = Counter()
    for run in source.document.iter(W + "r"):
        language = run.find(f"{W}rPr/{W}lang")
        if language is not None and (code := (language.get(W + "val") or "").split("-")[0].lower()):
            said[code] += sum(len(each.text or "") for each in run.iter(W + "t"))
    defaults: Element | None = source.styles.defaults
    language = defaults.find(W + "lang") if defaults is not None else None
    by_default = (language.get(W + "val") or "").split("-")[0].lower() if language is not None else ""
    named = said.most_common(1)[0][0] if said else by_default
    guess = guess_language(markdown, named)
    return guess.tag if guess.sureness >= SURE else named
