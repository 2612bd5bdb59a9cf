"""Roles and permissions, over all pairs; what is not listed is denied."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.permission import PERMISSIONS, ROLES, TABLE, VISITOR, Grant, may

MATRIX = """
                 read comment sign_in sign_out moderate read_unmoderated read_committee export_committee export_secretariat  read_office  edit_drafts  review_changes  check_translations  issue_late_links  decide  publish_responses
visitor          y    y       y       -        -        -                -              -                -                   -            -            -               -                   -                   -       -
participant      y    y       y       y        -        -                -              -                -                   -            -            -               -                   -                   -       -
facilitator      y    y       y       y        -        -                -              -                -                   -            -            -               -                   -                   -       -
translator       y    y       y       y        -        -                -              -                -                   y            -            -               y                   -                   -       -
secretariat      y    y       y       y        y        y                y              y                y                   y            y            y               y                   y                   -       y
working_group    y    y       y       y        -        -                y              y                -                   -            -            -               -                   -                   -       -
committee        y    y       y       y        -        -                y              y                -                   -            -            -               -                   -                   y       -
chair            y    y       y       y        -        -                y              y                -                   -            -            -               -                   -                   y       -
observer         y    y       y       y        -        -                y              -                -                   -            -            -               -                   -                   -       -
process_auditor  y    y       y       y        -        y                y              y                -                   y            -            -               -                   -                   -       -
administrator    y    y       y       y        -        -                -              -                -                   -            -            -               -                   -                   -       -
"""
HEAD, *LINES = (line.split() for line in MATRIX.strip().splitlines())
EXPECTED = {(role, permission): mark == "y" for role, *marks in LINES for permission, mark in zip(HEAD, marks, strict=True)}


def test_matrix_has_a_row_for_every_role_and_a_column_for_every_permission() -> None:
    assert {role for role, _ in EXPECTED} == set(ROLES) == set(TABLE)
    assert {permission for _, permission in EXPECTED} == set(PERMISSIONS)


@pytest.mark.parametrize(("role", "permission"), list(product(ROLES, PERMISSIONS)))
def test_each_role_may_what_the_matrix_says(role: str, permission: str) -> None:
    assert may((Grant(role),), permission) is EXPECTED[role, permission]  # type: ignore[arg-type]


@pytest.mark.parametrize(("role", "permission"), list(product(ROLES, PERMISSIONS)))
def test_seat_in_one_consultation_counts_there_only(role: str, permission: str) -> None:
    grants = (Grant(role, "chain-of-custody-v2"),)  # type: ignore[arg-type]
    assert may(grants, permission, "chain-of-custody-v2") is EXPECTED[role, permission]
    assert may(grants, permission) is EXPECTED[role, permission]
    assert not may(grants, permission, "performance-standard-v3")


@given(st.lists(st.builds(Grant, st.sampled_from(ROLES), st.sampled_from([None, "a", "b"]))), st.sampled_from(PERMISSIONS))
def test_several_grants_allow_what_one_of_them_allows(grants: list[Grant], permission: str) -> None:
    for consultation in (None, "a", "b", "c"):
        assert may(grants, permission, consultation) is any(may((grant,), permission, consultation) for grant in grants)


@given(st.text())
def test_unknown_permission_and_unknown_role_are_denied(word: str) -> None:
    everybody = tuple(Grant(role) for role in ROLES)
    assert may(everybody, word) is (word in PERMISSIONS)
    assert not may((Grant(f"{word} of the moon"),), "read")  # type: ignore[arg-type]


def test_nobody_in_particular_may_nothing() -> None:
    assert [permission for permission in PERMISSIONS if may((), permission)] == []


def test_who_runs_the_system_reads_no_unmoderated_text() -> None:
    assert not may((Grant("administrator"),), "read_unmoderated")
    assert not may((Grant("administrator"),), "read_committee")


def test_visitor_may_read_comment_and_sign_in_and_nothing_else() -> None:
    assert [permission for permission in PERMISSIONS if may(VISITOR, permission)] == ["read", "comment", "sign_in"]
