"""What the text of a clause refers to: clauses of its own standard and of others, and defined terms.

`find_references` and `find_terms` give places in the Markdown source, so that `text[start:end]` is the reference as written; `defined_terms`
reads the terms that a definition clause lays down. Code, links and headings refer to nothing. Which numbers, titles and terms there are is
told by the caller: no standard is known here.
"""

from consult.core.citation.definitions import DefinedTerm, defined_terms
from consult.core.citation.editions import Edition, Editions, cited_edition, edition
from consult.core.citation.references import Reference, find_references
from consult.core.citation.shelf import Book, Shelf
from consult.core.citation.uses import TermUse, find_terms

__all__ = [
    "ENGINE",
    "Book",
    "DefinedTerm",
    "Edition",
    "Editions",
    "Reference",
    "Shelf",
    "TermUse",
    "cited_edition",
    "defined_terms",
    "edition",
    "find_references",
    "find_terms",
]

ENGINE = 1
"""Of the rules in this package; what was found with older ones is found again."""
