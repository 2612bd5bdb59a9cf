"""One line has room for two labels: those that nobody may miss."""

from consult.core.meaning import LABELS, weightiest
from consult.core.meaning.labels import WEIGHTIEST


def test_every_label_has_a_weight():
    assert sorted(WEIGHTIEST) == sorted(LABELS)


def test_two_labels_stay_as_they_are():
    assert weightiest(("editorial", "clarified")) == ("editorial", "clarified")


def test_of_many_the_obligations_stay_in_the_order_they_stood():
    assert weightiest(("stricter", "looser", "new_obligation", "removed_obligation")) == ("new_obligation", "removed_obligation")
    assert weightiest(("clarified", "stricter", "scope_changed")) == ("stricter", "scope_changed")
