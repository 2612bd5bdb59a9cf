"""Settings from the environment, each documented here and in the README. Nothing else reads `os.environ`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """One field per `CONSULT_<FIELD>` variable."""

    database_url: str = field(
        default="sqlite:///consult.db", metadata={"text": "SQLAlchemy address of the database: sqlite:///… or postgresql+psycopg://…"}
    )
    secret_key: str = field(default="", metadata={"text": "signs form fields; `consult serve` refuses to start without it"})
    languages: tuple[str, ...] = field(
        default=("en", "fr", "zh"), metadata={"text": "interface languages in the order of the switch, comma separated"}
    )
    body: str = field(
        default="", metadata={"text": "file with the data of the body that runs this installation; empty: the one in content/"}
    )
    pages: str = field(
        default="",
        metadata={"text": "folder with help and legal pages of the body, <page>/<language>.md; they replace those in content/pages"},
    )
    translations: str = field(
        default="",
        metadata={"text": "folder with catalogues of further interface languages, <locale>/LC_MESSAGES/messages.po; they win over ours"},
    )
    public_address: str = field(
        default="", metadata={"text": "address people use, such as https://consult.example.org; empty: taken from the request"}
    )
    smtp_url: str = field(default="", metadata={"text": "smtp://user:password@host:port or smtps://…; empty: mail stays in the outbox"})
    mail_from: str = field(default="", metadata={"text": "sender of our mail; empty: the contact address of the body"})
    files: str = field(
        default="", metadata={"text": "folder for files we make and are sent; empty: `consult-files` beside the SQLite database, else here"}
    )
    trusted_proxies: int = field(default=0, metadata={"text": "how many proxies in front of us set X-Forwarded-For and -Proto"})
    secure_cookies: bool = field(default=True, metadata={"text": "cookies only over https; the demo on loopback sets it to 0"})
    draft_days: int = field(
        default=90,
        metadata={
            "text": "days after the closing of a round after which drafts that were not submitted, and addresses for reminders, are deleted"
        },
    )
    least_seconds: int = field(
        default=2, metadata={"text": "a form that is submitted sooner after it was opened is asked once more, with one button; 0: never"}
    )
    second_person: bool = field(
        default=True, metadata={"text": "publishing in the office is asked for by one person and confirmed by another; 0: one is enough"}
    )

    scanner: str = field(
        default="",
        metadata={
            "text": "command that looks at files beside comments, such as `clamdscan --fdpass --no-summary`; the file is its last argument, 0 is clean, 1 is refused; empty: files are not scanned"
        },
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Reads `CONSULT_…`; raises ValueError with the variable's name on a value of the wrong kind."""
        env = os.environ if environment is None else environment
        given: dict[str, Any] = {
            f.name: _parse(f.name, f.default, env[name]) for f in fields(cls) if (name := f"CONSULT_{f.name.upper()}") in env
        }
        return cls(**given)

    @property
    def body_file(self) -> Path | None:
        return Path(self.body) if self.body else None

    @property
    def files_folder(self) -> Path:
        if self.files:
            return Path(self.files)
        _, found, path = self.database_url.partition("sqlite:///")
        beside = Path(path).parent if found and path and ":memory:" not in path else Path()
        return beside / "consult-files"


def _parse(name: str, default: object, value: str) -> object:
    if isinstance(default, bool):
        if value.lower() not in ("0", "1", "true", "false", "yes", "no"):
            raise ValueError(f"CONSULT_{name.upper()} must be 0 or 1, not {value!r}")
        return value.lower() in ("1", "true", "yes")
    if isinstance(default, int):
        if not value.isdigit():
            raise ValueError(f"CONSULT_{name.upper()} must be a number, not {value!r}")
        return int(value)
    if isinstance(default, tuple):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value
