"""One blueprint per activity; blueprints do not import each other, only what all share (permissions, locale, rendering, forms, errors)."""
