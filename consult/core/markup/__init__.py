"""The Markdown of clauses and comments: lines to leaves (`blocks`, `items`), leaves to characters with their place in the source
(`inline`),
leaves to HTML (`draw`). `consult.core.render` and `consult.core.redline` are its doors.

Blocks are read by rules of our own, because lettered items are what standards are made of and CommonMark does not know them: paragraphs,
notes, lettered, numbered and bulleted items nested by indentation or by style, pipe tables, quotes, fenced code, headings (flattened),
rules.
Inside a block CommonMark holds (markdown-it), without HTML.
"""
