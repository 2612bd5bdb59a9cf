"""The plain text of a clause: its Markdown source without the marks. Good for aligning and searching, never for output."""

import re

_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,}).*$", re.M)
_TABLE_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*(?::?-{2,}:?)?[ \t]*$", re.M)
_LINE_MARK = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:[-*+][ \t]+|#{1,6}[ \t]+)?", re.M)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_PICTURE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_STRONG = re.compile(r"(\*{1,3}|~~|`{1,3})(?=\S)(.+?)(?<=\S)\1", re.S)
_UNDERLINE = re.compile(r"(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.S)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CELL = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")


def plain_text(markdown: str) -> str:
    """Returns the words of a clause text without markup; lines stay lines, table cells are parted by a space."""
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    if "<" in text:
        text = _TAG.sub("", _COMMENT.sub("", text))
    if "|" in text:
        text = _CELL.sub(" ", _TABLE_RULE.sub("", text))
    if "```" in text or "~~~" in text:
        text = _FENCE.sub("", text)
    text = _LINE_MARK.sub("", text)
    if "](" in text:
        text = _PICTURE_OR_LINK.sub(r"\1", text)
    if "*" in text or "`" in text or "~~" in text:
        text = _STRONG.sub(r"\2", text)
    if "_" in text:
        text = _UNDERLINE.sub(r"\2", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return "\n".join(line.strip() for line in text.split("\n")).strip()
