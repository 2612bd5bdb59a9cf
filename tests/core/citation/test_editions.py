"""Which version a citation means when its text names none."""

from datetime import date

import pytest

from consult.core.citation import Edition, cited_edition, edition

V2 = Edition(1, "alpha", "v2", date(2017, 12, 1), False)
V3_1 = Edition(2, "alpha", "v3-draft-1", date(2021, 3, 1), True)
V3_2 = Edition(3, "alpha", "v3-draft-2", date(2022, 1, 7), True)
B1 = Edition(4, "beta", "v1", date(2018, 1, 1), False)
B2 = Edition(5, "beta", "v2-draft-1", date(2022, 2, 1), True)
OLD = Edition(6, "gamma", "v1", date(2001, 1, 1), False)
LATE = Edition(7, "gamma", "v2", date(2023, 1, 1), False)
ALL = {"alpha": (V2, V3_1, V3_2), "beta": (B1, B2), "gamma": (OLD, LATE)}


@pytest.mark.parametrize(
    ("citing", "standard", "named", "beside", "meant"),
    [
        (V3_1, "alpha", "", {}, V3_1),
        (B1, "alpha", "", {}, V2),
        (B2, "alpha", "", {}, V3_2),
        (B2, "alpha", "", {"alpha": "v3-draft-1"}, V3_1),
        (B2, "alpha", "v2", {"alpha": "v3-draft-1"}, V2),
        (LATE, "alpha", "", {}, V2),
        (OLD, "alpha", "", {}, V3_2),
        (B2, "alpha", "v9", {}, V3_2),
        (B2, "delta", "", {}, None),
    ],
)
def test_the_named_one_then_the_one_beside_then_the_one_of_its_time(
    citing: Edition, standard: str, named: str, beside: dict[str, str], meant: Edition | None
) -> None:
    assert cited_edition(ALL, citing, standard, named, beside) == meant


def test_an_edition_is_found_by_its_name() -> None:
    assert edition(ALL, "beta", "v1") == B1
    assert edition(ALL, "beta", "v9") is None
