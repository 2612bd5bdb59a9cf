"""Languages of one version against each other: what is told, and what is let pass."""

import pytest

from consult.core.clause import Clause, Draft
from consult.core.draft import read_draft
from consult.core.parity import parity
from consult.core.parity.figures import read_figures
from consult.core.parity.modals import count_modals
from consult.resources import resource


def draft(language: str, text: str, title: str = "5.1") -> Draft:
    return Draft("s", "v", language, "T", (Clause("5.1", "5.1", title, text, 2, 0, 7),), file=f"{language}.md")


def compare(prevailing: str, other: str, language: str = "fr") -> dict[str, dict[str, str | int]]:
    found = parity(draft("en", prevailing), draft(language, other))
    assert all(problem.grade == "warning" for problem in found)
    return {problem.code: problem.params for problem in found}


CONTENT = sorted(path.parent for path in resource("content").glob("*/*/en.md"))


@pytest.mark.parametrize("folder", CONTENT, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
@pytest.mark.parametrize("language", ["fr", "zh"])
def test_our_own_translations_raise_no_alarm(folder, language):
    english, _ = read_draft((folder / "en.md").read_bytes())
    other, _ = read_draft((folder / f"{language}.md").read_bytes())
    assert english is not None
    assert other is not None
    assert [(p.code, p.where["number"], p.params) for p in parity(english, other)] == []


@pytest.mark.parametrize(
    ("english", "french", "chinese"),
    [
        ("It shall cut 1,234.5 t by 1.5%.", "Elle doit réduire 1 234,5 t de 1,5 %.", "应减少1 234.5吨，即1.5%。"),
        ("It shall act within 12,000 days.", "Elle doit agir sous 12 000 jours.", "应在12,000天内行动。"),
        ("It shall act by 1 January 2024.", "Elle doit agir au plus tard le 1er janvier 2024.", "应于2024年1月1日前行动。"),
        ("It shall report by June 2025.", "Elle doit rendre compte en juin 2025.", "应于2025年6月前报告。"),
        ("It shall be reviewed at least every five years.", "Elle doit être revue au moins tous les cinq ans.", "应至少每五年评审一次。"),
        ("It shall keep records for three months.", "Elle doit garder les dossiers pendant trois mois.", "应保存记录3个月。"),
        ("Scope 1 shall count.", "Le scope 1 doit compter.", "范围一应计入。"),
        ("It shall serve 1 million people.", "Elle doit servir 1 million de personnes.", "应服务100万人。"),
        ("It shall be 18 years old.", "Elle doit avoir 18 ans.", "应年满18周岁。"),
        ("See criteria 8.5 and 8.7. It shall.", "Voir 8.5 et 8.7. Elle doit.", "见8.5和8.7。应当。"),
        ("ISO 14001 of 2015 shall apply.", "La norme ISO 14001 de 2015 doit s’appliquer.", "应适用2015年的ISO 14001。"),
        ("It shall not and should not; it may.", "Elle ne doit pas et il convient de ne pas ; elle peut.", "不应，不宜；可。"),
        ("It shall respond.", "Elle doit réagir.", "应响应、供应、反应和应急。"),
    ],
)
def test_good_translations_raise_no_alarm(english, french, chinese):
    assert compare(english, french) == {}
    assert compare(english, chinese, "zh") == {}


@pytest.mark.parametrize(
    ("english", "other", "language", "code", "missing", "extra"),
    [
        ("It shall cut 8 t.", "Elle doit réduire 11 t.", "fr", "figures_differ", "8", "11"),
        ("It shall cut 1.5%.", "应减少15%。", "zh", "figures_differ", "1.5", "15"),
        ("It shall act every five years.", "应每三年行动一次。", "zh", "figures_differ", "five years", "三年"),
        ("It shall act by 1 March 2024.", "Elle doit agir le 1er mai 2024.", "fr", "dates_differ", "2024-03-01", "2024-05-01"),
        ("It shall act in 30 days.", "Elle doit agir sous 30 mois.", "fr", "units_differ", "day", "month"),
        ("It shall cut 8%.", "应减少8吨。", "zh", "units_differ", "percent", "tonne"),
    ],
)
def test_other_figures_are_quoted(english, other, language, code, missing, extra):
    found = compare(english, other, language)
    assert list(found) == [code]
    assert (found[code]["missing"], found[code]["extra"]) == (missing, extra)


@pytest.mark.parametrize(
    ("english", "other", "language", "modal"),
    [
        ("It shall act.", "Il convient d’agir.", "fr", "shall"),
        ("It should act.", "实体应行动。", "zh", "should"),
        ("It shall not act.", "实体应行动。", "zh", "shall_not"),
        ("It shall a. It shall b. It shall c.", "Elle doit a. Elle doit b. Elle peut c.", "fr", "shall"),
        ("It may act.", "实体行动。", "zh", "may"),
    ],
)
def test_weaker_and_stronger_verbs_are_told(english, other, language, modal):
    found = [p.params["modal"] for p in parity(draft("en", english), draft(language, other)) if p.code == "modals_differ"]
    assert modal in found


def test_items_notes_tables_and_untranslated_text():
    english = "It shall:\n\na) one;\nb) two.\n\nNote: x\n\n| a | b |\n|---|---|\n| c | d |"
    found = compare(english, "Elle doit :\n\na) un.\n\n| a |\n|---|\n| c |")
    assert (found["items_differ"]["expected"], found["items_differ"]["count"]) == (2, 1)
    assert (found["notes_differ"]["expected"], found["notes_differ"]["count"]) == (1, 0)
    assert (found["table_differs"]["expected"], found["table_differs"]["count"]) == ("2 × 2", "2 × 1")
    sentence = "The Entity shall keep a record of all of the cases."
    assert compare(sentence, sentence)["untranslated"]["words"] == sentence
    assert "untranslated" in compare(sentence, "实体应记录。\n\nThe Entity keeps records of all cases.", "zh")


def test_problems_name_file_language_number_and_line():
    (problem,) = parity(draft("en", "8"), draft("fr", "9"))
    assert problem.where == {"file": "fr.md", "language": "fr", "number": "5.1", "line": 7}
    assert problem.params == {"label": "5.1", "prevails": "en", "missing": "8", "extra": "9", "there": "8", "here": "9"}


def test_unknown_languages_are_compared_in_figures_and_shape_only():
    assert compare("It shall cut 8 t.", "Sie muss 8 t senken.", "de") == {}
    assert list(compare("It shall cut 8 t.", "Sie muss 9 t senken.", "de")) == ["figures_differ"]
    assert count_modals("muss", "de") is None


def test_clauses_of_one_side_only_are_not_compared():
    one, other = draft("en", "8"), draft("fr", "9")
    object.__setattr__(other.clauses[0], "number", "5.2")
    assert parity(one, other) == ()


def test_numbers_in_chinese_numerals_are_read():
    assert read_figures("二十五年", "zh").figures == {"25": "二十五年"}
    assert read_figures("第三年", "zh").figures == {}
    assert "105" in read_figures("一百零五", "zh").loose
    assert read_figures("twenty-five years and a two-year plan", "en").figures == {"25": "twenty-five years", "2": "two-year"}
