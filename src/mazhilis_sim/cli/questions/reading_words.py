"""Words of the command line that name laws, changes and conditions."""

from __future__ import annotations

from mazhilis_sim.cli.shell.law_choice import chosen_law
from mazhilis_sim.errors import LawError
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
    return chosen_law(name, None, "", word, changes)
