"""Front matter for a file that has none of its own: as given, else as the file's own title and language say."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

KEYS = ("standard", "version", "language", "title", "status", "date", "prevails", "baselines", "correspondence")


def front_matter(meta: Mapping[str, Any], *, title: str, language: str) -> str:
    """The YAML head of a draft with its two lines of hyphens; keys in the usual order, empty ones left out.

    Values are text, dates, lists of text, or for `correspondence` the mapping that `read_draft` gives or that a sidecar has.
    """
    known = {"title": title, "language": language, **{key: value for key, value in meta.items() if value not in (None, "")}}
    lines = [f"{key}: {_yaml(known[key])}" for key in (*KEYS, *(key for key in known if key not in KEYS)) if known.get(key)]
    return "\n".join(["---", *lines, "---", ""])


def _yaml(value: Any) -> str:
    """JSON is YAML; plain words stay plain."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.replace("-", "").replace(".", "").replace(" ", "").isalnum():
        return value
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_yaml, value))}]"
    return json.dumps(value, ensure_ascii=False, default=list)
