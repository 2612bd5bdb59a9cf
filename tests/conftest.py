"""Fixtures for all: `database`, `app`, `in_app`, `client`; `demo_app`, `demo_reader`, `as_who`, `at`; `live_server`, `page`. Each is described where it is made."""

pytest_plugins = [
    "tests.support.postgresql",
    "tests.support.database",
    "tests.support.application",
    "tests.support.demo",
    "tests.support.server",
    "tests.support.browser",
]
