"""Reading what strangers send: in a child process that has little memory, little time, no network and no files.

`run_limited` is the one door for every parser of uploaded files. The child imports the module of the named function, then closes the doors
behind it (limits of the system, a network of its own where the system lets it, an audit hook that refuses sockets, programs and files), and
only then reads the bytes. What it answers is JSON and, beside it, named bytes; it is never unpickled.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from consult.core.problem import Problem, Refused

SECONDS = 10
MEGABYTES = 256
ANSWER_BYTES = 96 * 1024 * 1024
AT_ONCE = 2
"""More children than this wait for each other: a row of hostile uploads must not take the machine's memory."""

_ROOT = str(Path(__file__).resolve().parents[2])
_CHILD = f"import sys; sys.path.insert(0, {_ROOT!r}); from consult.exchange.limited import child; child()"
_HEAD = struct.Struct(">Q")
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.dlopen", "os.remove", "os.rename")
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_turns = threading.BoundedSemaphore(AT_ONCE)
_left: ContextVar[float] = ContextVar("seconds left for one file")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the function gave: a JSON value, and bytes by name."""

    value: Any
    files: Mapping[str, bytes] = field(default_factory=dict)


def run_limited(
    function: str, data: bytes, *, options: Mapping[str, Any] | None = None, seconds: int = SECONDS, megabytes: int = MEGABYTES
) -> Answer:
    """Calls `function` ("package.module:name", one of ours) with the bytes and, as keywords, JSON-able `options` in a fresh child process.

    The function returns a JSON value, bytes (then `value` is None and `files` {"": bytes}), or an Answer. Raises Refused with what the
    function refused, and with `too_slow` (`seconds` of the clock or of the processor), `too_much_inside` (more than `megabytes`), or
    `not_readable` where it broke for any other reason. Takes about 0.1 s beside the work itself.
    """
    asked = json.dumps({"function": function, "options": dict(options or {}), "seconds": seconds, "megabytes": megabytes}).encode()
    allowed = min(float(seconds), _left.get(seconds))
    if allowed <= 0:
        raise Refused(Problem("too_slow", {}, {"seconds": seconds}))
    with _turns:
        begun = time.monotonic()
        process = subprocess.Popen(  # noqa: S603  our own interpreter with our own words
            [sys.executable, "-I", "-c", _CHILD],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"}, start_new_session=True,
        )  # fmt: skip
        try:
            out, _ = process.communicate(_HEAD.pack(len(asked)) + asked + data, timeout=allowed)
        except subprocess.TimeoutExpired:
            raise Refused(Problem("too_slow", {}, {"seconds": seconds})) from None
        finally:
            process.kill()
            process.communicate()
            if _left.get(None) is not None:
                _left.set(_left.get() - (time.monotonic() - begun))
    return _answer(out, process.returncode, seconds, megabytes)


@contextlib.contextmanager
def one_verdict() -> Iterator[None]:
    """All that is read of one file within, by several children, has SECONDS together; waiting for a turn does not count."""
    token = _left.set(SECONDS)
    try:
        yield
    finally:
        _left.reset(token)


def _answer(out: bytes, status: int, seconds: int, megabytes: int) -> Answer:
    if status == -signal.SIGXCPU:
        raise Refused(Problem("too_slow", {}, {"seconds": seconds}))
    try:
        (size,) = _HEAD.unpack_from(out)
        head = json.loads(out[_HEAD.size : _HEAD.size + size])
        kind = head["kind"]
    except (struct.error, ValueError, KeyError, TypeError):
        raise Refused(Problem("not_readable")) from None
    if kind == "problems":
        raise Refused(*(_problem(each) for each in head["problems"]))
    if kind == "memory":
        raise Refused(Problem("too_much_inside", {}, {"limit": megabytes * 1024 * 1024}))
    if kind != "answer":
        raise Refused(Problem("not_readable"))
    files, at = {}, _HEAD.size + size
    for name, length in head["files"]:
        files[str(name)] = out[at : at + length]
        at += length
    return Answer(head["value"], files)


def _problem(found: Mapping[str, Any]) -> Problem:
    return Problem(str(found["code"]), dict(found["where"]), dict(found["params"]), "warning" if found["grade"] == "warning" else "error")


def child() -> NoReturn:
    """The life of the child: what to do, the doors closed, the bytes read, one answer written."""
    asked = json.loads(_read(_HEAD.unpack(_read(_HEAD.size))[0]))
    try:
        module, _, name = asked["function"].partition(":")
        function: Callable[..., Any] = getattr(import_module(module), name)
        _close_doors(asked["seconds"], asked["megabytes"] * 1024 * 1024)
        _write(*_framed(function(sys.stdin.buffer.read(), **asked["options"])))
    except MemoryError:
        _write({"kind": "memory"})
    except Refused as refused:
        problems = [{"code": p.code, "where": p.where, "params": p.params, "grade": p.grade} for p in refused.problems]
        _write({"kind": "problems", "problems": problems})
    except Exception:  # whatever a parser breaks on, the file cannot be read
        _write({"kind": "broken"})
    os._exit(0)


def _read(size: int) -> bytes:
    return sys.stdin.buffer.read(size)


def _framed(given: Any) -> tuple[dict[str, Any], list[bytes]]:
    answer = Answer(None, {"": given}) if isinstance(given, bytes) else given if isinstance(given, Answer) else Answer(given)
    files = list(answer.files.items())
    return {"kind": "answer", "value": answer.value, "files": [[name, len(content)] for name, content in files]}, [c for _, c in files]


def _write(head: dict[str, Any], contents: list[bytes] | None = None) -> None:
    written = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    if len(written) + sum(map(len, contents or ())) > ANSWER_BYTES:
        written, contents = json.dumps({"kind": "memory"}).encode(), None
    for piece in (_HEAD.pack(len(written)), written, *(contents or ())):
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def _close_doors(seconds: int, size: int) -> None:
    """Each limit as far as the system knows it; a system without one of them still has the others and the clock of the parent."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        if libc.unshare(_NEW_NETWORK):
            libc.unshare(_NEW_USER | _NEW_NETWORK)
    limits = (
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_AS, size, size),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_NOFILE, 32, 32),
    )
    for kind, soft, hard in limits:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (soft, hard))
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    """Late imports and data files of libraries may be read; nothing is written, reached or started."""
    if event.startswith(_FORBIDDEN) or (event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")):
        raise PermissionError(event)
