"""Two small standards that cite each other and define terms, a guide without terms of its own; published from files."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from consult.core.plan import ConsultationPlan, RoundPlan
from consult.exchange.draft_folder import read_versions
from consult.operations.publish import publish_versions
from consult.operations.record import OPERATOR
from consult.operations.schedule import schedule_consultation

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
LANGUAGES = ("en", "fr", "zh")

ALPHA_1 = {
    "en": "## 1 Rules\n\n### 1.1 Plans\n\nThe Entity shall plan as in criterion 1.2 and ask its Workers.\n\n"
    "### 1.2 Figures\n\nEach Facility publishes less than 1.1 t a year.\n\n"
    "# Annex A Terms\n\n**Entity**: company that applies this.\n\n**Facility**: site of an Entity.\n\n**Worker**: person at work.\n",
    "fr": "## 1 Règles\n\n### 1.1 Plans\n\nL’Entité doit planifier selon le critère 1.2 et consulter ses Travailleurs.\n\n"
    "### 1.2 Chiffres\n\nChaque Installation publie moins de 1,1 t par an.\n\n"
    "# Annexe A Termes\n\n**Entité** : entreprise qui l’applique.\n\n**Installation** : site d’une Entité.\n\n**Travailleur** : personne au travail.\n",
    "zh": "## 1 规则\n\n### 1.1 计划\n\n实体应按照准则1.2制定计划，并征求工人意见。\n\n### 1.2 数据\n\n每个设施每年公布少于1.1吨。\n\n"
    "# 附录A 术语\n\n**实体**：采用本标准的公司。\n\n**设施**：实体的场所。\n\n**工人**：工作的人。\n",
}
ALPHA_2 = {
    language: text.replace("less than 1.1 t a year", "less than 0.9 t a year, verified").replace("moins de 1,1 t", "moins de 0,9 t vérifiées")
    .replace("少于1.1吨", "经核查的少于0.9吨的数据").replace("company that applies", "organisation that applies")
    .replace("entreprise qui", "organisation qui").replace("采用本标准的公司", "采用本标准的组织")
    for language, text in ALPHA_1.items()
}  # fmt: skip
BETA_1 = {
    "en": "## 5 Chain\n\n### 5.1 Sources\n\nSuppliers meet criterion 1.2 of the Alpha Standard; see section 5.\n",
    "fr": "## 5 Chaîne\n\n### 5.1 Origines\n\nLes fournisseurs respectent le critère 1.2 de la Norme alpha ; voir la section 5.\n",
    "zh": "## 5 链\n\n### 5.1 来源\n\n供应商应符合《阿尔法标准》准则1.2；见第5章。\n",
}
GUIDE_1 = {
    "en": "## G1 Help\n\nHow an Entity can meet criterion 1.1.\n",
    "fr": "## G1 Aide\n\nComment une Entité satisfait au critère 1.1.\n",
    "zh": "## G1 帮助\n\n实体如何符合准则1.1。\n",
}
TITLES = {
    "alpha": {"en": "Alpha Standard", "fr": "Norme alpha", "zh": "阿尔法标准"},
    "beta": {"en": "Beta Standard", "fr": "Norme bêta", "zh": "贝塔标准"},
    "guide": {"en": "Guide to the Alpha Standard", "fr": "Guide de la Norme alpha", "zh": "《阿尔法标准》指南"},
}


def lay(folder: Path, standard: str, version: str, texts: dict[str, str], more: str = "", kinds: str = "") -> Path:
    """Writes one version; `more` are lines of the front matter of the English file, `kinds` the clauses.yaml."""
    place = folder / standard / version
    place.mkdir(parents=True, exist_ok=True)
    for language, text in texts.items():
        front = f"standard: {standard}\nversion: {version}\nlanguage: {language}\ntitle: {TITLES[standard][language]}\n"
        (place / f"{language}.md").write_text(f"---\n{front}{more if language == 'en' else ''}---\n{text}", encoding="utf-8")
    if kinds:
        (place / "clauses.yaml").write_text(kinds, encoding="utf-8")
    return place


ANNEX = "annex-a:\n  kind: definition\n"


def publish(*places: Path, now: datetime = NOW) -> None:
    """Publishes the folders one by one, a day between them."""
    for days, place in enumerate(places):
        found, problems = read_versions([place])
        assert [each for each in problems if each.grade == "error"] == []
        publish_versions(sources=found, languages=LANGUAGES, by=OPERATOR, now=now + timedelta(days=days))


def library(folder: Path) -> None:
    """alpha v1, beta v1 (both adopted), alpha v2 (a draft on v1), the guide (a draft)."""
    publish(
        lay(folder, "alpha", "v1", ALPHA_1, "status: adopted\n", ANNEX),
        lay(folder, "beta", "v1", BETA_1, "status: adopted\n"),
        lay(folder, "alpha", "v2", ALPHA_2, "baselines: [v1]\n", ANNEX),
        lay(folder, "guide", "v1", GUIDE_1, kinds="normative: false\n"),
    )


CONSULTATION = "alpha-v2"


def lay_open(*documents: tuple[str, str, str | None]) -> None:
    """A round around NOW with alpha v2 and the guide (unless other documents are told)."""
    day = datetime(2026, 2, 20, 9)
    laid = documents or (("alpha", "v2", "v1"), ("guide", "v1", None))
    rounds = (RoundPlan(1, day, day + timedelta(days=60), "Europe/Zurich", laid, {"title": {"en": "First round"}}),)
    plan = ConsultationPlan(CONSULTATION, "AL2", 1, {"title": {"en": "Revision of Alpha"}}, (), rounds)
    schedule_consultation(plan=plan, by=OPERATOR, now=NOW - timedelta(days=30))
