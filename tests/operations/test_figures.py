"""Figures of a draft: kept with their words at publication, shown below their clause, told where they are missing; never run."""

import base64
from pathlib import Path

import pytest
from flask import Flask

from consult.core.figure import figures, picture_type
from consult.exchange.draft_folder import read_versions
from consult.extensions import db
from consult.operations.publish import publish_versions
from consult.operations.record import OPERATOR
from consult.queries.figures import figures_of_version
from consult.queries.standards import version
from tests.factories import NOW
from tests.support.html import Page

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>window.__abuse=1</script></svg>'
TEXT = "The Entity shall keep to it.\n\n![Flow of metal, from mine to cast house](assets/flow.png)\n\n![Twice](assets/chart.svg) ![Gone](assets/gone.png) ![Far](https://evil.example/x.png)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "flow.png").write_bytes(PNG)
    (tmp_path / "assets" / "chart.svg").write_bytes(SVG)
    (tmp_path / "assets" / "unnamed.png").write_bytes(PNG)
    head = "---\nstandard: tiny\nversion: v1\nlanguage: en\ntitle: Tiny\nstatus: adopted\nprevails: en\n---\n"
    (tmp_path / "en.md").write_text(f"{head}## 1 Flow\n\n{TEXT}\n", encoding="utf-8")
    return tmp_path


def test_figures_of_a_text_are_its_own_and_each_once():
    found = figures(f"{TEXT} ![again](assets/flow.png) ![no](../assets/x.png) ![no](assets/../x.png) ![a \\] b](assets/y.png)")
    assert [(each.name, each.alt) for each in found] == [
        ("flow.png", "again"),
        ("chart.svg", "Twice"),
        ("gone.png", "Gone"),
        ("y.png", "a ] b"),
    ]
    assert [picture_type(content) for content in (PNG, SVG, b"MZ", b"<html>", b"")] == ["image/png", "image/svg+xml", None, None, None]


def test_figures_are_kept_shown_and_never_run(in_app: Flask, folder: Path):
    sources, problems = read_versions([folder])
    assert [(each.code, each.params["path"], each.grade) for each in problems] == [("figure_missing", "assets/gone.png", "warning")]
    publish_versions(sources=sources, languages=("en",), by=OPERATOR, now=NOW)
    seen = version("tiny", "v1", "en")
    assert seen is not None
    assert {path: kept.media_type for path, kept in figures_of_version(seen.id).items()} == {
        "assets/flow.png": "image/png", "assets/chart.svg": "image/svg+xml",
    }  # fmt: skip
    reader = in_app.test_client()
    root = Page(reader.get("/en/standards/tiny/v1/1").text).root
    pictures = [(each.attributes["src"], each.attributes["alt"]) for each in root.find("img")]
    base = "/en/standards/tiny/v1/figures"
    assert pictures == [(f"{base}/flow.png", "Flow of metal, from mine to cast house"), (f"{base}/chart.svg", "Twice")]
    answer = reader.get(f"{base}/flow.png")
    assert (answer.data, answer.mimetype) == (PNG, "image/png")
    assert reader.get(f"{base}/chart.svg").headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert [reader.get(f"{base}/{name}").status_code for name in ("gone.png", "unnamed.png", "..%2fen.md")] == [404, 404, 404]
    publish_versions(sources=sources, languages=("en",), by=OPERATOR, now=NOW)
    db.session.remove()
