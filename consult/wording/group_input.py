"""What is told of a group whose spoken input was handed in, line by line."""

from flask_babel import gettext, ngettext, pgettext

from consult.core.group_input import GroupTold


def group_sentence(told: GroupTold) -> str:
    """How many spoke."""
    if told.people is not None:
        return str(ngettext("Spoken input of one person", "Spoken input of a group of about %(num)s people", told.people))
    return str(gettext("Spoken input of a group of fewer than 5 people") if told.few else gettext("Spoken input of a group"))


def group_lines(told: GroupTold) -> list[tuple[str, str]]:
    """(Title, value as written) of all that is told besides how many they are."""
    lines = (
        (pgettext("of a group", "Group"), told.name),
        (gettext("Spoken in"), told.language),
        (gettext("How, where and when it was given"), told.given),
        (gettext("How the group agreed"), told.consent),
        (gettext("Conditions of the group"), told.conditions),
    )
    return [(str(title), value) for title, value in lines if value]
