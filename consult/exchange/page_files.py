"""Pages of prose in folders: `<page>/<language>.md`. Help and privacy notices of the installation, papers of a consultation."""

from collections.abc import Mapping
from pathlib import Path

from consult.core.draft.source import read_text
from consult.core.page import Page, read_page
from consult.core.problem import Problem, Refused
from consult.exchange.draft_folder import read_source

Pages = Mapping[str, Page]
"""Language -> the page in it."""


def read_page_folder(folder: Path) -> Pages:
    """One page in the languages there are files of: `en.md`, `fr.md` … Raises Refused: what reading a file may find, `page_file` for a file
    that does not begin with `# Title` and a paragraph, `page_missing` for a folder without such files.
    """
    found = {path.stem: _page(path) for path in sorted(folder.glob("*.md"))}
    if not found:
        raise Refused(Problem("page_missing", {"file": str(folder)}))
    return found


def read_pages(*folders: Path) -> dict[str, Pages]:
    """Name -> page, of every folder below the given ones; where two give a page of one name the later one counts."""
    return {
        each.name: read_page_folder(each)
        for folder in folders
        for each in sorted(folder.iterdir())
        if each.is_dir() and not each.name.startswith(".")
    }


def _page(path: Path) -> Page:
    where: dict[str, str | int] = {"file": str(path)}
    source = read_source(path)
    if isinstance(source, Problem):
        raise Refused(source)
    text, problems = read_text(source, where)
    if text is None:
        raise Refused(*problems)
    page = read_page(text)
    if page is None:
        raise Refused(Problem("page_file", where))
    return page
