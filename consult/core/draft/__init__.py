"""A draft: one Markdown file per standard, version and language, and `clauses.yaml` beside it (design, section 5).

Three doors: `read_draft` for a file, `read_annotations` for the data about the clauses, `check_version` for the files of one version
together.
"""

from consult.core.draft.annotations import Annotations, ClauseAnnotation, read_annotations
from consult.core.draft.number import address, annex_or_number
from consult.core.draft.read import correspondence, read_draft
from consult.core.draft.source import LIMIT_BYTES
from consult.core.draft.version import check_version, prevailing_language

__all__ = [
    "LIMIT_BYTES",
    "Annotations",
    "ClauseAnnotation",
    "address",
    "annex_or_number",
    "check_version",
    "correspondence",
    "prevailing_language",
    "read_annotations",
    "read_draft",
]
