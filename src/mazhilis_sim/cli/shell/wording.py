"""Errors of the library in the words of the program: its arguments as options, its advice as options or plain text."""

from __future__ import annotations

from mazhilis_sim.errors import LONGEST_SHOWN, LawChange, MazhilisError, Remedy, in_text

OPTIONS = {
    "against_all": "--against-all",
    "coalitions": "--coalition",
    "between": "LOW HIGH",
    "laws": "--laws",
    "list_seats": "--list-seats",
    "max_examples": "--examples",
    "models": "--model",
    "n_draws": "--draws",
    "seed": "--seed",
    "time_limit": "--time-limit",
    "values": "--at",
    "what": "NUMBER",
}
"""Arguments of the library that the program takes as options of another name."""


def in_options(error: MazhilisError) -> str:
    """Say an error in one line; where it was found in a file, its field is a column or key there, and no option."""
    field = error.field if error.where else OPTIONS.get(error.field, error.field)
    return error.sentence(advice(error.remedy), field)


def advice(remedy: str | Remedy | LawChange) -> str:
    """Write what to do instead as somebody does it who has options and files."""
    if not isinstance(remedy, LawChange):
        return in_text(remedy)
    settings = " or ".join(setting(remedy.field, value) for value in remedy.values)
    return f"{remedy.verb} {settings} {remedy.after}".rstrip()


def setting(field: str, value: str | int) -> str:
    """Write the option that changes one field of the law, no more of it than a message shows."""
    option = f"--set {field}={value}"
    return option if len(option) <= LONGEST_SHOWN else f"{option[: LONGEST_SHOWN - 3]}..."
