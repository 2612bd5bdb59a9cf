"""Pages of long lists end where a principle ends."""

from consult.web.reading.paging import pages


def test_a_list_that_fits_stays_whole() -> None:
    assert pages(["1"] * 3 + ["2"] * 4, 10) == [range(7)]
    assert pages([], 10) == [range(0)]


def test_a_page_ends_where_a_principle_ends() -> None:
    assert pages(["1"] * 4 + ["2"] * 4 + ["3"] * 4 + ["4"] * 2, 9) == [range(8), range(8, 14)]


def test_a_principle_larger_than_a_page_is_divided() -> None:
    found = pages(["1"] * 2 + ["2"] * 25 + ["3"], 10)
    assert found == [range(2), range(2, 12), range(12, 22), range(22, 28)]
    assert [at for part in found for at in part] == list(range(28))
