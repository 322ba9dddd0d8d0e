"""The catalogues of texts in Kazakh and Russian: ``python benchmarks/catalogues.py`` brings them up to date with the code.

It extracts every text that is marked for translation and the help of every command, updates ``mazhilis_sim.po`` of each language, makes
``mazhilis_sim.mo`` of it, and lists what is not translated; the exit status says whether anything is left. ``nox -s languages`` runs it.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from mazhilis_sim import languages
from mazhilis_sim.cli.program import app
from mazhilis_sim.cli.shell.speaking import help_texts

SOURCE = Path(languages.__file__).parent.parent
KEYWORDS = {"_": None, "marked": None, "several": (1, 2), "counted": (1, 2)}
PLACEHOLDER = re.compile(r"\{(\w*)\}")
OF_A_DAY = (b"POT-Creation-Date", b"PO-Revision-Date", b"Generated-By", b"Last-Translator", b"Report-Msgid-Bugs-To", b"Language-Team")
"""Lines of a catalogue's head that say nothing of its texts."""
TRANSLATED = tuple(code for code in languages.LANGUAGES if code != languages.ENGLISH)


def texts() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Yield every text for people, and the file that it stands in."""
    found = extract_from_dir(str(SOURCE), method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=())
    yield from ((text, name) for name, _, text, _, _ in sorted(found, key=lambda each: (each[0], each[1])))
    with click.Context(app, **app.context_settings) as context:
        own = (param.help for param in app.get_params(context) if isinstance(param, click.Option) and param.help)
        yield from ((text, "cli") for text in (*own, *help_texts([app, *app.commands.values()])))


def template() -> Catalog:
    """Return the texts as a catalogue without translations."""
    catalogue = Catalog(domain=languages.DOMAIN, charset="utf-8")
    for text, name in texts():
        catalogue.add(text, locations=[(name.replace("\\", "/"), None)])
    return catalogue


def path_of(code: str, ending: str) -> Path:
    """Return where a catalogue of a language stands."""
    return SOURCE / "languages" / code / "LC_MESSAGES" / f"{languages.DOMAIN}.{ending}"


def stored(code: str) -> Catalog:
    """Return the catalogue of a language as it is stored, or a new one."""
    path = path_of(code, "po")
    if not path.exists():
        return Catalog(locale=code, domain=languages.DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=code, domain=languages.DOMAIN)


def headed(catalogue: Catalog) -> Catalog:
    """Give a catalogue the head that says what it is, and nothing that changes with the day."""
    catalogue.project, catalogue.version, catalogue.fuzzy = languages.DOMAIN, "", False
    catalogue.header_comment = f"# Texts of mazhilis_sim: {languages.LANGUAGES[str(catalogue.locale)]}"
    return catalogue


def updated(code: str) -> Catalog:
    """Return the catalogue of a language with the texts of the code, what no text needs any more left out."""
    catalogue = stored(code)
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def compiled(code: str) -> Catalog:
    """Return the catalogue of a language as programs read it."""
    path = path_of(code, "mo")
    if not path.exists():
        return Catalog(locale=code)
    with path.open("rb") as file:
        return read_mo(file)


def compile_stored(code: str) -> None:
    """Make what programs read, where it is not what is stored: its head holds the day, its texts need not change."""
    if strings(compiled(code)) != strings(stored(code)):
        file = io.BytesIO()
        write_mo(file, stored(code))
        path_of(code, "mo").write_bytes(file.getvalue())


def strings(catalogue: Catalog) -> dict[tuple[str, ...], list[str]]:
    """Return the translations by their English texts."""
    return {forms(message.id): texts_of(message) for message in catalogue if message.id and any(texts_of(message))}


def forms(text: str | Sequence[str]) -> tuple[str, ...]:
    """Return the forms of a text for numbers, of which what is read for people holds a tuple and what is read for programs a list."""
    return (text,) if isinstance(text, str) else tuple(text)


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as people read it: the same on every day."""
    file = io.BytesIO()
    write_po(file, headed(catalogue), width=140, omit_header=False, sort_output=False, include_lineno=False)
    return re.sub(rb'"(?:%s): .*\n' % b"|".join(OF_A_DAY), b"", file.getvalue())


def texts_of(message: Message) -> list[str]:
    """Return the translations of a message, one for each form of numbers."""
    return [message.string or ""] if isinstance(message.id, str) else [*message.string]


def is_whole(message: Message) -> bool:
    """Tell whether a message is translated in every form, with the placeholders of the English text."""
    english = message.id if isinstance(message.id, str) else message.id[-1]
    wanted = sorted(PLACEHOLDER.findall(english))
    return all(text and sorted(PLACEHOLDER.findall(text)) == wanted for text in texts_of(message))


def left(catalogue: Catalog) -> list[Message]:
    """Return the messages that are not translated, or not well."""
    return [message for message in catalogue if message.id and (message.fuzzy or not is_whole(message))]


def main() -> int:
    """Update and compile every catalogue, and list what is left."""
    missing = 0
    for code in TRANSLATED:
        catalogue = updated(code)
        path_of(code, "po").parent.mkdir(parents=True, exist_ok=True)
        path_of(code, "po").write_bytes(written(catalogue))
        compile_stored(code)
        found = left(catalogue)
        missing += len(found)
        print(f"{code}: {len(catalogue)} texts, {len(found)} to translate in {path_of(code, 'po')}")
        for message in found:
            print("  ", message.id)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
