"""What the child is asked to do in tests of `consult.exchange.limited`."""

import os
import socket
import subprocess
import time
from typing import Any

from consult.core.problem import Problem, Refused
from consult.exchange.limited import Answer
from consult.exchange.office_package import Kind, open_package


def turned(data: bytes, *, times: int) -> dict[str, Any]:
    return {"read": data.decode()[::-1] * times, "é": None}


def same(data: bytes) -> bytes:
    return data


def both(data: bytes) -> Answer:
    return Answer([1, 2], {"a": data, "b": b""})


def refuses(_data: bytes) -> None:
    raise Refused(Problem("wrong_type", {"row": 3}, {"found": "PDF"}), Problem("gap", {}, {}, "warning"))


def endless(_data: bytes) -> None:
    while True:
        pass


def sleeps(_data: bytes) -> None:
    time.sleep(60)


def hoards(_data: bytes) -> int:
    return len(bytearray(1 << 30))


def breaks(_data: bytes) -> None:
    raise RecursionError


def dies(_data: bytes) -> None:
    os.abort()


def babbles(_data: bytes) -> None:
    os.write(1, b"\0\0\0\0\0\0\0\3{{{")
    os._exit(0)


def environment(_data: bytes) -> list[str]:
    return sorted(os.environ)


def tries(data: bytes) -> dict[str, str]:
    found = {}
    for name, attempt in (
        ("socket", lambda: socket.create_connection(("127.0.0.1", 80), 1)),
        ("program", lambda: subprocess.run(["/bin/true"], check=True)),
        ("system", lambda: os.system("true")),
        ("write", lambda: open(data.decode(), "wb")),  # noqa: SIM115
    ):
        try:
            attempt()
            found[name] = "done"
        except OSError as error:
            found[name] = type(error).__name__
    return found


def opened(data: bytes, *, kind: Kind) -> bool:
    package = open_package(data, kind)
    return package.xml("word/document.xml") is not None
