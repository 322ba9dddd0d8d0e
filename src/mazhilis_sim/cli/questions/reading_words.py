"""Words of the command line that name laws and changes."""

from __future__ import annotations

from collections.abc import Mapping

from mazhilis_sim.cli.shell.law_choice import chosen_law
from mazhilis_sim.errors import FileError, LawError, shorten
from mazhilis_sim.legislation.presets import LOCAL
from mazhilis_sim.legislation.system import ElectoralLaw


def laws_in(words: str) -> list[ElectoralLaw]:
    """Read laws with commas between them, each a name, and what is changed in it behind colons."""
    return [law_in(word.strip()) for word in words.split(",") if word.strip()]


def law_in(word: str) -> ElectoralLaw:
    """Read one law, such as ``2023:threshold=7%:method=dhondt``.

    Examples
    --------
    >>> law_in("2023:threshold=7%").threshold
    Fraction(7, 100)
    """
    name, *settings = (part.strip() for part in word.split(":"))
    changes: dict[str, str] = {}
    for setting in settings:
        field, sign, value = (part.strip() for part in setting.partition("="))
        if not (field and sign and value) or field in changes:
            must = "be a law and what is changed in it once each, such as 2023:threshold=7%"
            raise LawError(field="--laws", got=word, must=must)
        changes[field] = value.replace(";", ",")
    if name == LOCAL and "list_seats" not in changes:
        needs, remedy = "each maslikhat has its own number of seats", f"write {word}:list_seats=17"
        raise LawError(needs, field="--laws", got=word, must="say how many", remedy=remedy)
    try:
        return chosen_law(name, None, "", word, changes)
    except LawError as error:
        error.where = error.where and shorten(word)  # where a change stands here, no --set would have made it
        raise


def way_in(asked: Mapping[str, str | None]) -> tuple[str, dict[str, str]]:
    """Return what is to be solved for, and where: just one of the options."""
    given = {what: word for what, word in asked.items() if word is not None}
    if len(given) != 1:
        shown = " and ".join(f"--{what}" for what in given) or "none"
        must = "be one of --turnout, --swing, --votes and --transfer"
        raise FileError(field="what to solve for", got=given, must=must, shown=shown)
    ((what, word),) = given.items()
    if what != "transfer":
        return what, {"region" if what == "turnout" else "party": word}
    giver, sign, taker = (part.strip() for part in word.partition(","))
    if not (giver and sign and taker):
        raise FileError(field="--transfer", got=word, must="be two lists, such as jsdp,aq_jol")
    return what, {"party": giver, "to": taker}
