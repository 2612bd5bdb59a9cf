"""Names of versions and sentences about changes, in the reader's language."""

import re
from collections.abc import Sequence

from babel.lists import format_list

from consult.wording.dates import babel_locale
from consult.wording.terms import N_, Translate, term

_NAME = re.compile(r"v(?P<edition>\d+(?:\.\d+)*)(?:-draft-(?P<draft>\d+))?")
DRAFT = N_("%(edition)s draft %(n)s")
"""Name of a draft; edition is such as V3."""


def version_title(name: str, translate: Translate) -> str:
    """v3-draft-2 -> V3 draft 2, v2 -> V2; any other name as it is."""
    found = _NAME.fullmatch(name)
    if not found:
        return name
    edition = f"V{found['edition']}"
    return translate(DRAFT) % {"edition": edition, "n": found["draft"]} if found["draft"] else edition


def listed(texts: Sequence[str], language: str) -> str:
    """2.5 and 2.6 · 2.5 et 2.6 · 2.5和2.6."""
    return format_list(list(texts), locale=babel_locale(language))


UNCHANGED, REWORDED, ADDED = N_("Unchanged"), N_("Reworded"), N_("Added")
REMOVED, CONFIRMED = N_("No successor found"), N_("Removed, confirmed by the secretariat")
"""A clause without a link is gone only once a person says so: the program misses successors (measured: 73 of 119)."""
BINDS_OTHERS, TYPOGRAPHIC = N_("Binds others than before"), N_("Typographic only")
REWORDED_SO = N_("Reworded, %(labels)s")
"""Labels such as: stricter, new obligation."""
RENUMBERED, SWAPPED = N_("Renumbered from %(old)s"), N_("Swapped with %(old)s")
MOVED, MOVED_WITHIN = N_("Moved from %(old)s"), N_("Moved to another place")
SPLIT, MERGED = N_("Split from %(old)s into %(new)s"), N_("Merged from %(old)s")


def labels_text(labels: Sequence[str], language: str, translate: Translate) -> str:
    """stricter, new obligation · plus strict, obligation nouvelle · 更严格、新增义务."""
    return ("、" if language == "zh" else ", ").join(term("meaning", label, translate) for label in labels)


def change_labels(
    kinds: Sequence[str], old: Sequence[str], new: Sequence[str], swapped: bool, language: str, translate: Translate, *,
    confirmed: bool = False, binds_others: bool = False, meaning: Sequence[str] = (),
) -> list[tuple[str, str]]:  # fmt: skip
    """(sign, sentence) per kind of a change. `old` and `new` are printed numbers; the sign `swapped` stands for two that changed places.

    `confirmed`: a person said that a removed clause has no successor. `binds_others`: other activities than before (sign `binding`).
    `meaning`: codes of labels that stand behind "Reworded" ("Reworded, stricter").
    """
    told = {"old": listed(old, language), "new": listed(new, language), "labels": labels_text(meaning, language, translate)}
    sentences = {
        "unchanged": UNCHANGED,
        "modified": REWORDED_SO if meaning else REWORDED,
        "added": ADDED,
        "removed": CONFIRMED if confirmed else REMOVED,
        "binding": BINDS_OTHERS,
        "renumbered": SWAPPED if swapped else RENUMBERED,
        "moved": MOVED_WITHIN if old == new else MOVED,
        "split": SPLIT,
        "merged": MERGED,
    }
    if "moved" in kinds and "renumbered" in kinds:
        kinds = [kind for kind in kinds if kind != "renumbered"]
    if binds_others:
        kinds = [*(kind for kind in kinds if kind != "unchanged"), "binding"]
    return [("swapped" if kind == "renumbered" and swapped else kind, translate(sentences[kind]) % told) for kind in kinds]
