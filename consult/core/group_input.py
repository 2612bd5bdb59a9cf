"""The input of a group, spoken, that a facilitator brings: what is told of it, to whom. Few people are never told so that they could be found."""

from dataclasses import dataclass

from consult.core.visibility import Seen, Viewer

FEW = 5
"""A group of fewer people is told as small: no figure, no name, no language, no place."""
FIELDS = ("group_people", "group_name", "group_language", "group_given", "group_consent", "group_conditions")
"""Of the form, by which files and exports name them, too."""
TEXTS = ("group_given", "group_consent", "group_conditions")
"""Those that may have several lines."""


@dataclass(frozen=True, slots=True)
class GroupInput:
    """A group as its facilitator tells of it; None where she did not, `name` where it is not to be named.

    `people`: about how many; `language` it spoke; `given`: how, where and when; `consent`: how it agreed; `conditions` under which it may be used.
    """

    people: int | None = None
    name: str | None = None
    language: str | None = None
    given: str | None = None
    consent: str | None = None
    conditions: str | None = None


@dataclass(frozen=True, slots=True)
class GroupTold(GroupInput):
    """What a viewer reads of it. `few`: told instead of a figure."""

    few: bool = False


def told_of_group(group: GroupInput | None, viewer: Viewer, allowed: Seen) -> GroupTold | None:
    """What a viewer may read of the group behind a comment (`allowed`: what `visibility.seen` lets her see of it); None for nothing.

    The publication choice governs the name like that of an organisation. The conditions are told to all who work with the words; how the group
    agreed stays with the secretariat; where and when it spoke is never public. Of few people, or of nobody knows how many, no more than that.
    """
    if group is None or not allowed.text or (viewer == "public" and not allowed.country):
        return None
    if viewer == "secretariat":
        return GroupTold(group.people, group.name, group.language, group.given, group.consent, group.conditions)
    few = group.people is not None and group.people < FEW
    conditions = group.conditions if viewer == "committee" else None
    if few or group.people is None:
        return GroupTold(conditions=conditions, few=few)
    return GroupTold(
        group.people, group.name if allowed.organisation else None, group.language if allowed.country else None,
        group.given if viewer == "committee" and allowed.country else None, None, conditions,
    )  # fmt: skip
