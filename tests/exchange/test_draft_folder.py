"""Files and folders to versions, each after its baselines."""

from pathlib import Path

from consult.core.draft import LIMIT_BYTES
from consult.core.problem import Problem
from consult.exchange.draft_folder import draft_files, read_source, read_versions


def write(folder: Path, version: str, language: str = "en", keys: str = "", body: str = "# 1 A\n\nx\n", name: str = "") -> Path:
    path = folder / version / f"{name or language}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\nstandard: s\nversion: {version}\nlanguage: {language}\ntitle: T\n{keys}---\n{body}", encoding="utf-8")
    return path


def test_languages_of_a_version_come_together_with_their_clauses_file(tmp_path: Path) -> None:
    for language in ("zh", "en", "fr"):
        write(tmp_path, "v1", language, "prevails: fr\n")
    (tmp_path / "v1" / "clauses.yaml").write_text("normative: false\n'1':\n  applies: [mine]\n", encoding="utf-8")
    (version,), problems = read_versions([tmp_path])
    assert problems == ()
    assert (version.standard, version.version, sorted(version.drafts), version.prevails) == ("s", "v1", ["en", "fr", "zh"], "fr")
    assert version.annotations
    assert (version.annotations.normative, version.annotations.clauses["1"].applies) == (False, ("mine",))
    assert version.files["zh"] == str(tmp_path / "v1" / "zh.md")


def test_each_version_comes_after_its_baselines_whatever_the_order_given(tmp_path: Path) -> None:
    a = write(tmp_path, "a-third", keys="baselines: [first, second]\n")
    b = write(tmp_path, "second", keys="baselines: [first]\n")
    c = write(tmp_path, "first")
    assert [version.version for version in read_versions([a, b, c])[0]] == ["first", "second", "a-third"]
    assert [version.version for version in read_versions([tmp_path])[0]] == ["first", "second", "a-third"]


def test_a_ring_of_baselines_ends_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, "v1", keys="baselines: [v2]\n")
    write(tmp_path, "v2", keys="baselines: [v1]\n")
    write(tmp_path, "v3", keys="baselines: [v3]\n")
    assert sorted(version.version for version in read_versions([tmp_path])[0]) == ["v1", "v2", "v3"]


def test_hidden_files_and_other_pages_are_left_out(tmp_path: Path) -> None:
    home = tmp_path / ".cache" / "content"
    draft = write(home, "v1")
    write(home / ".git", "v0")
    (home / "README.md").write_text("# 1 Not a draft\n", encoding="utf-8")
    (home / "help").mkdir()
    (home / "help" / "en.md").write_text("# 1 Help\n", encoding="utf-8")
    assert draft_files(home) == (home / "README.md", draft)
    assert draft_files(tmp_path / ".cache") == (draft,)
    assert draft_files(draft) == (draft,)


def test_a_draft_with_a_mark_and_other_line_ends_is_found(tmp_path: Path) -> None:
    path = write(tmp_path, "v1")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    versions, problems = read_versions([tmp_path])
    assert ([version.version for version in versions], problems) == (["v1"], ())


def test_the_same_file_given_twice_counts_once(tmp_path: Path) -> None:
    path = write(tmp_path, "v1")
    versions, problems = read_versions([path, tmp_path / "v1", path])
    assert (len(versions), problems) == (1, ())


def test_a_second_file_of_a_language_is_an_error_that_names_the_first(tmp_path: Path) -> None:
    first, second = write(tmp_path, "v1"), write(tmp_path, "v1", name="more")
    assert read_versions([first, second])[1] == (Problem("language_twice", {"file": str(second), "language": "en"}, {"other": str(first)}),)


def test_folders_and_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert read_versions([tmp_path / "empty", tmp_path / "no.md"]) == (
        (),
        (
            Problem("nothing_to_read", {"file": str(tmp_path / "empty")}),
            Problem("file_unreadable", {"file": str(tmp_path / "no.md")}, {"why": "No such file or directory"}),
        ),
    )


def test_no_more_is_read_than_a_draft_may_have(tmp_path: Path) -> None:
    path = tmp_path / "big.md"
    with path.open("wb") as file:
        file.truncate(LIMIT_BYTES)
        assert read_source(path) == b"\0" * LIMIT_BYTES
        file.truncate(10**12)
    assert read_source(path) == Problem("too_large", {"file": str(path)}, {"limit": LIMIT_BYTES, "size": 10**12})
    assert read_source(Path("/dev/zero")) == Problem("too_large", {"file": "/dev/zero"}, {"limit": LIMIT_BYTES, "size": LIMIT_BYTES + 1})


def test_the_fingerprint_of_the_data_ignores_texts_and_how_things_are_written(tmp_path: Path) -> None:
    def fingerprint(folder: str, keys: str = "status: draft\ndate: 2026-01-01\n", body: str = "# 1 A\n\nx\n", notes: str = "") -> str:
        write(tmp_path / folder, "v1", keys=keys, body=body)
        if notes:
            (tmp_path / folder / "v1" / "clauses.yaml").write_text(notes, encoding="utf-8")
        (version,), problems = read_versions([tmp_path / folder])
        assert problems == ()
        return version.data_sha256

    plain = fingerprint("a")
    assert fingerprint("b", body="\n\n# 1 A\n\n\ny  \n") == plain
    assert fingerprint("c", keys="date: 2026-01-01\n\nstatus:   draft\n") == plain
    assert fingerprint("d", keys="status: adopted\ndate: 2026-01-01\n") != plain
    noted = fingerprint("e", notes="'1': {applies: [mine]}\n")
    assert noted != plain
    assert fingerprint("f", notes="# a remark\n'1':\n  applies:\n    - mine\n") == noted
