"""An installation's own data: a fourth language by files and settings alone, logo, accent colour, procedures, legal pages."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from consult import create_app
from consult.config import Settings
from consult.core.body import body_from, contrast, on_colour
from consult.exchange.draft_folder import read_versions
from consult.extensions import db
from consult.operations.publish import publish_versions
from consult.operations.record import OPERATOR
from consult.schema import migrate_database
from tests.factories import NOW
from tests.support.html import Page

BODY = yaml.safe_load(Path("content/body.yaml").read_text(encoding="utf-8"))
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: es\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Standards"
msgstr "Normas"
"""
TEXTS = {
    "en": ("Tiny standard", "The Entity shall publish 3 figures."), "fr": ("Petite norme", "L’Entité doit publier 3 chiffres."),
    "zh": ("小标准", "实体应公布3个数字。"), "es": ("Norma mínima", "La Entidad debe publicar 3 cifras."),
    "ar": ("معيار صغير", "يجب على المنشأة أن تنشر 3 أرقام."),
}  # fmt: skip


@pytest.fixture
def installed(tmp_path: Path):
    """A body of its own with a folder of translations: Spanish as a fourth language, Arabic as a fifth that has no catalogue yet."""
    (tmp_path / "es" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "es" / "LC_MESSAGES" / "messages.po").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    procedures = [
        {"name": {"en": "How standards are set", "es": "Cómo se elaboran las normas"}, "address": "https://body.example/procedure"}
    ]
    own = BODY | {
        "name": "Body of the Lakes",
        "logo": "logo.svg",
        "accent": {"light": "#0f6457", "dark": "#8fd8c8"},
        "procedures": procedures,
    }
    (tmp_path / "body.yaml").write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    for language, (title, text) in TEXTS.items():
        file = tmp_path / "tiny" / "v1" / f"{language}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        head = f"---\nstandard: tiny\nversion: v1\nlanguage: {language}\ntitle: {title}\nstatus: adopted\ndate: 2026-01-07\nprevails: en\n---\n"
        file.write_text(f"{head}## 1 {title}\n\n{text}\n", encoding="utf-8")
    app = create_app(
        Settings(
            database_url=f"sqlite:///{tmp_path}/own.db",
            secret_key="k" * 32,
            languages=("en", "fr", "zh", "es", "ar"),
            body=str(tmp_path / "body.yaml"),
            translations=str(tmp_path),
            files=str(tmp_path / "files"),
        )
    )
    with app.app_context():
        migrate_database(db.engine)
        publish_versions(sources=read_versions([tmp_path / "tiny"])[0], languages=("en", "fr", "zh", "es", "ar"), by=OPERATOR, now=NOW)
        db.session.remove()
    return app


def test_fourth_language_needs_files_and_settings_only(installed) -> None:
    reader = installed.test_client()
    listed = reader.get("/es/standards/tiny/v1/")
    root = Page(listed.text).root
    assert root.find("html")[0].attributes["lang"] == "es"
    assert [each.text for each in root.find("a") if each.attributes.get("hreflang") == "es" and each.text == "Español"] != []
    assert "La Entidad debe publicar 3 cifras." in root.text
    assert "Normas" in root.text
    assert "7 de enero de 2026" in root.text
    assert reader.get("/", headers={"Accept-Language": "es-MX,en;q=0.5"}).headers["Location"] == "/es/"


def test_a_language_written_from_right_to_left_runs_so(installed) -> None:
    reader = installed.test_client()
    directions = {
        each: Page(reader.get(f"/{each}/standards/tiny/v1/").text).root.find("html")[0].attributes.get("dir") for each in ("ar", "es")
    }
    assert directions == {"ar": "rtl", "es": None}
    assert "يجب على المنشأة أن تنشر 3 أرقام." in reader.get("/ar/standards/tiny/v1/").text


def test_a_language_given_up_leaves_its_texts_unlisted_and_every_page_whole(installed) -> None:
    settings = replace(installed.config["SETTINGS"], languages=("en", "es"))
    reader = create_app(settings).test_client()
    page = reader.get("/es/standards/tiny/v1/")
    assert page.status_code == 200
    files = {each.attributes["href"] for each in Page(page.text).root.find("a") if ".pdf" in each.attributes["href"]}
    assert files == {"/en/standards/tiny/v1.pdf", "/es/standards/tiny/v1.pdf"}


def test_logo_accent_and_procedures_stand_on_every_page(installed) -> None:
    reader = installed.test_client()
    root = Page(reader.get("/es/").text).root
    (logo,) = [each for each in root.find("img") if each.attributes.get("class") == "logo"]
    (styles,) = [each.attributes["href"] for each in root.find("link") if "body.css" in each.attributes.get("href", "")]
    assert reader.get(logo.attributes["src"]).mimetype == "image/svg+xml"
    assert "--accent:#0f6457" in reader.get(styles).text
    assert reader.get(styles).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert [each.text for each in root.find("a") if each.attributes["href"] == "https://body.example/procedure"] == [
        "Cómo se elaboran las normas"
    ]
    assert "Body of the Lakes" in root.text
    assert reader.get("/installation/x/body.yaml").status_code == 404


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"accent": {"light": "#ffcc00", "dark": "#8fd8c8"}}, "accent light: #ffcc00 has a contrast of 1.5"),
        ({"accent": {"light": "green", "dark": "#8fd8c8"}}, "accent light: green is not a colour"),
        ({"logo": "../secret.svg"}, "logo: ../secret.svg"), ({"logo": "logo.exe"}, "logo: logo.exe"),
        ({"procedures": [{"name": {"en": "x"}, "address": "javascript:alert(1)"}]}, "procedures: javascript:alert(1)"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(given, named: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(named)}"):
        body_from(BODY | given)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#ffffff", "#000000") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert (on_colour("#0f6457"), on_colour("#8fd8c8")) == ("#ffffff", "#101010")
