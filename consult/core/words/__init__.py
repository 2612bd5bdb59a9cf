"""Words of a clause: for comparing (folded, stemmed, without markup) and for showing changes (every character kept)."""

from consult.core.words.plain import plain_text
from consult.core.words.stems import fold, language_of, stems
from consult.core.words.tokens import Token, content_word, tokens

__all__ = ["Token", "content_word", "fold", "language_of", "plain_text", "stems", "tokens"]
