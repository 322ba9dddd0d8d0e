"""Starts the explorer with what it is to show first."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import click

from mazhilis_sim.cli.garbage import look_as_usual
from mazhilis_sim.cli.shell.sources import check_file, is_year
from mazhilis_sim.errors import missing_extra
from mazhilis_sim.languages import _, language

NEEDED = ("starlette", "tomli_w", "uvicorn", "websockets")


def run_explore(*, source: str | None, port: int, opens: bool) -> None:
    """Serve the page until it is interrupted."""
    check_extra()
    from mazhilis_sim.app.serving import serve

    look_as_usual()
    serve(port, first(source), language(), say_address, opens)


def check_extra() -> None:
    """Say which extra is missing, before anything is done."""
    from importlib.util import find_spec

    for package in NEEDED:
        if find_spec(package) is None:
            raise missing_extra(package.replace("_", "-"), "app")


def first(source: str | None) -> Any:
    """Return the state of a year, a file or a link, and what there is to say of it; None for the state that the page has of itself."""
    from mazhilis_sim.app.documents import first_document, from_link, of_record, told
    from mazhilis_sim.app.opening import open_file
    from mazhilis_sim.data import load_polls

    if source is None:
        return None
    if "#" in source and not Path(source).exists():
        return from_link(source)
    if is_year(source):
        return told(lambda: of_record(load_polls(source)))
    check_file(source, "polls")
    path = Path(source)
    return open_file(path.name, base64.b64encode(path.read_bytes()).decode(), first_document()[0])


def say_address(address: str) -> None:
    """Say where the page is."""
    click.echo(address)
    click.echo(_("Ctrl-C ends it."), err=True)
