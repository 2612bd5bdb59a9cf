"""What a revision changed: words as spans, everything else by name."""

from dataclasses import replace

from consult.core.receipt import RevisionSeen
from consult.core.revised import Both, Changes, Listed, changes
from tests.factories import NOW

FIRST = RevisionSeen(
    1, NOW, "Two years.", "The Entity shall.", None, ("https://a.example/",), position="oppose", type=None, further=("5.1",), files_come=("plan.pdf",)
)  # fmt: skip


def test_a_revision_tells_each_thing_that_changed_and_nothing_else() -> None:
    second = replace(
        FIRST, number=2, text="Three years.", evidence=("https://b.example/",), position="support_with_changes", type="technical",
        further=("5.1", "5.3"), files_come=("figures.csv",), files_gone=("plan.pdf",),
    )  # fmt: skip
    told = changes(FIRST, second, "en")
    assert [(name, [each for each in spans if each[0] != "="]) for name, spans in told.words] == [("text", [("-", "Two"), ("+", "Three")])]
    assert (told.position, told.type) == (Both("oppose", "support_with_changes"), Both(None, "technical"))
    assert (told.further, told.evidence) == (Listed(("5.3",)), Listed(("https://b.example/",), ("https://a.example/",)))
    assert told.files == Listed(("figures.csv",), ("plan.pdf",))


def test_an_equal_revision_changed_nothing_and_a_file_that_came_and_went_between_is_no_change() -> None:
    same = replace(FIRST, number=3, files_come=(), files_gone=("figures.csv",))
    between = (replace(FIRST, number=2, files_come=("figures.csv",)), same)
    assert changes(FIRST, same, "en", between) == Changes((), None, None, Listed(), Listed(), Listed())
