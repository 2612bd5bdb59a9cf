"""All files of one version, read: its drafts by language and the data about its clauses."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from consult.core.clause import Draft
from consult.core.draft import Annotations, prevailing_language


@dataclass(frozen=True, slots=True)
class VersionFiles:
    """All files of one version; `files` language -> path as given."""

    standard: str
    version: str
    drafts: Mapping[str, Draft]
    annotations: Annotations | None
    files: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, bytes] = field(default_factory=dict)
    """The figures its texts name, by path (assets/…)."""

    @property
    def prevails(self) -> str:
        return prevailing_language(self.drafts)

    @property
    def main(self) -> Draft:
        return self.drafts[self.prevails]

    @property
    def data_sha256(self) -> str:
        """Of everything but the clauses: front matter of the prevailing file, titles in all languages, clauses.yaml. Not of how it is written."""
        titles = {language: draft.title for language, draft in self.drafts.items()}
        notes = None
        if self.annotations:
            clauses = {number: (each.applies, each.kind, each.reason, each.source) for number, each in self.annotations.clauses.items()}
            notes = (clauses, self.annotations.normative, self.annotations.effective, self.annotations.transition_until)
        written = json.dumps([self.main.meta, titles, notes], sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()

    @property
    def baselines(self) -> tuple[str, ...]:
        return tuple(self.main.meta.get("baselines") or ())
