"""One table of roles and permissions, and the only question: `may`. What is not listed is denied."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal[
    "visitor", "participant", "facilitator", "translator", "secretariat", "working_group", "committee", "chair", "observer", "process_auditor", "administrator",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)

Permission = Literal[
    "read",
    "comment",
    "sign_in",
    "sign_out",
    "moderate",
    "read_unmoderated",
    "read_committee",
    "decide",
    "publish_responses",
    "export_committee",
    "export_secretariat",
    "read_office",
    "edit_drafts",
    "review_changes",
    "check_translations",
    "issue_late_links",
]
PERMISSIONS: tuple[Permission, ...] = get_args(Permission)

_EVERYONE: frozenset[Permission] = frozenset({"read", "comment", "sign_in"})
_STAFF: frozenset[Permission] = _EVERYONE | {"sign_out"}
_COMMITTEE: frozenset[Permission] = _STAFF | {"read_committee", "export_committee"}
_MEMBER: frozenset[Permission] = _COMMITTEE | {"decide"}
_OFFICE: frozenset[Permission] = frozenset({"read_office", "edit_drafts", "review_changes", "check_translations"})

TABLE: dict[Role, frozenset[Permission]] = {
    "visitor": _EVERYONE,
    "participant": _STAFF,  # whoever is signed in, a seat or none: must be able to leave
    "facilitator": _STAFF,
    "translator": _STAFF | {"read_office", "check_translations"},
    "secretariat": _COMMITTEE | _OFFICE | {"moderate", "read_unmoderated", "export_secretariat", "issue_late_links", "publish_responses"},
    "working_group": _COMMITTEE,
    "committee": _MEMBER,  # decides; the secretariat prepares and publishes
    "chair": _MEMBER,
    "observer": _STAFF | {"read_committee"},
    "process_auditor": _COMMITTEE | {"read_unmoderated", "read_office"},
    "administrator": _STAFF,  # runs the system, reads no unmoderated text
}
"""Role -> what it may do."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in one consultation (its slug) or, with None, in all."""

    role: Role
    consultation: str | None = None


VISITOR: tuple[Grant, ...] = (Grant("visitor"),)


def may(grants: Iterable[Grant], permission: str, consultation: str | None = None) -> bool:
    """Whether any of the grants allows `permission` in `consultation`; None asks for "in some consultation" (menus, lists). Unknown means denied."""
    return any(
        permission in TABLE.get(grant.role, frozenset()) and (consultation is None or grant.consultation in (None, consultation))
        for grant in grants
    )
