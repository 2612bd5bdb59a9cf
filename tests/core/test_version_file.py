"""Names of files, and which files a version has."""

from consult.core.version_file import FORMATS, MEDIA, VersionFile, files_for


def test_names_in_downloads_say_what_is_in_them() -> None:
    text = VersionFile("performance-standard", "v3-draft-2", "fr", "pdf")
    changes = VersionFile("performance-standard", "v3-draft-2", "fr", "docx", "v2")
    assert (text.kind, text.name()) == ("text", "performance-standard_v3-draft-2_fr.pdf")
    assert (changes.kind, changes.name()) == ("changes", "performance-standard_v2_to_v3-draft-2_changes_fr.docx")
    assert changes.name(("mine", "refinery")) == "performance-standard_v2_to_v3-draft-2_changes_for-mine-refinery_fr.docx"


def test_a_version_has_its_text_and_its_changes_since_each_baseline() -> None:
    found = files_for("s", "v2", ("en", "zh"), ("v1",))
    assert [(each.baseline, each.language, each.format) for each in found] == [
        (None, "en", "pdf"), (None, "en", "docx"), (None, "en", "md"), (None, "zh", "pdf"), (None, "zh", "docx"), (None, "zh", "md"),
        ("v1", "en", "pdf"), ("v1", "en", "docx"), ("v1", "en", "xlsx"), ("v1", "zh", "pdf"), ("v1", "zh", "docx"), ("v1", "zh", "xlsx"),
    ]  # fmt: skip


def test_every_format_has_its_media_type() -> None:
    assert {ending for endings in FORMATS.values() for ending in endings} == set(MEDIA)
