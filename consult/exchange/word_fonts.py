"""Fonts and language tags of our Word files."""

LATIN, HAN = "Calibri", "Microsoft YaHei"
TAGS = {"zh": "zh-CN", "fr": "fr-FR", "en": "en-GB"}
LATIN_TAGS = {"zh": "en-GB"}
"""The language that Latin letters within a text are set in: a Chinese one would let their words break anywhere."""
