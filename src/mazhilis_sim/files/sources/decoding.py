"""Bytes into text: Unicode in all its forms for certain, older encodings by what a library finds and by words that are known."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from mazhilis_sim.errors import FileError

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Byte order marks; those of four bytes before the shorter ones that begin them."""
OLDER = ("cp1251", "kz1048", "ptcp154", "koi8_r", "cp866", "mac_cyrillic", "cp1252", "cp1250", "cp1254")
"""Encodings of older programs that are looked for: Russian, Kazakh and Western ones."""
CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі")
"""The letters of Russian and Kazakh: a text with others was hardly written in an encoding for them."""
WORD, LATIN = re.compile(r"[^\W\d_]+"), re.compile("[A-Za-z]")
COHERENT = 0.3
"""From here on a library's guess of the language is trusted."""
Decoded = tuple[str, str]
"""A text, and the name of its encoding."""


def decode(data: bytes, name: str, said: str = "", familiar: Callable[[str], int] = lambda _text: 0) -> Decoded:
    """Decode a file.

    Parameters
    ----------
    data : bytes
    name : str
        Of the file, for messages.
    said : str
        The encoding, where it is known.
    familiar : callable
        How many known words a text holds; decides between encodings that are equally likely.

    Raises
    ------
    FileError
        When it is no text, or text in two ways.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise empty(name)
    if said:
        return decoded_as(data, name, said)
    marked = next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), "") or without_mark(data)
    if marked:
        return decoded_as(data, name, marked)
    if b"\0" in data:
        raise undecodable("a NUL byte", name, row_at(data, data.index(0)))
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return decoded_older(data, name, error.start, familiar)


def decode_unicode(data: bytes, name: str) -> str:
    """Decode UTF-8 with or without a byte order mark; name the row of the first byte that is none."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise empty(name)
    if b"\0" in data:
        raise undecodable("a NUL byte", name, row_at(data, data.index(0)))
    return decoded_as(data, name, "utf-8-sig")[0]


def without_mark(data: bytes) -> str:
    """Recognise UTF-16 without a byte order mark: many bytes of a table are NUL, all at odd or all at even places."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 or max(even, odd) < max(len(data) // 10, 1) or min(even, odd):
        return ""
    return "utf-16-le" if odd else "utf-16-be"


def decoded_as(data: bytes, name: str, encoding: str) -> Decoded:
    """Decode as one encoding; name the row of the first byte that does not belong to it."""
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        raise undecodable(f"byte 0x{data[start]:02x}", name, row_at(data, start), encoding.removesuffix("-sig").upper()) from None
    if "\0" in text:
        raise undecodable("a NUL byte", name, 1 + text[: text.index("\0")].count("\n"))
    return text.removeprefix("\ufeff"), encoding.removesuffix("-sig")


def decoded_older(data: bytes, name: str, at: int, familiar: Callable[[str], int]) -> Decoded:
    """Decode an older encoding: the one with most known words, or of which the library knows the language."""
    from charset_normalizer import from_bytes

    guesses = {data.decode(guess.encoding): guess for guess in reversed(list(from_bytes(data, cp_isolation=list(OLDER))))}
    likely = {text: guess.encoding for text, guess in reversed(guesses.items())}
    plain = [text for text in likely if not is_mixed(text)] or list(likely)
    home = [text for text in plain if is_cyrillic(text)] or plain
    words = {text: familiar(text) for text in home}
    best = [text for text in home if words[text] == max(words.values())]
    if not best:
        raise undecodable(f"byte 0x{data[at]:02x}", name, row_at(data, at))
    others_are_none = len(plain) == 1 < len(likely)
    if (len(best) > 1 or not words[best[0]]) and guesses[best[0]].coherence < COHERENT and not others_are_none:
        otherwise = {text: encoding for text, encoding in likely.items() if text not in best}
        raise doubtful(data, at, name, {best[0]: likely[best[0]], **otherwise, **likely})
    return best[0], likely[best[0]]


def is_cyrillic(text: str) -> bool:
    """Tell whether every letter beyond ASCII is of Russian or Kazakh."""
    return all(letter in CYRILLIC for letter in text.lower() if letter.isalpha() and not letter.isascii())


def is_mixed(text: str) -> bool:
    """Tell whether most of several words with letters of Russian or Kazakh hold Latin ones as well: then they are hardly such words."""
    words = [word for word in WORD.findall(text) if CYRILLIC & set(word.lower())]
    return len(words) > 2 and 2 * sum(LATIN.search(word) is not None for word in words) > len(words)


def doubtful(data: bytes, at: int, name: str, likely: dict[str, str]) -> FileError:
    """Build the error for a text that reads in two ways, showing the first word where they part."""
    others = {text: encoding for encoding in OLDER if (text := data.decode(encoding, errors="ignore")) not in likely}
    (text, one), (other_text, other) = list((likely | others).items())[:2]
    words = [re.split(r"[,;\t|\r\n]", whole) for whole in (text, other_text)]
    parted = next((pair for pair in zip(*words, strict=False) if pair[0] != pair[1]), ("", ""))
    shown = " or ".join(f"{word[:20]!r} in {encoding}" for word, encoding in zip(parted, (one, other), strict=True))
    return FileError(
        f"the text can be read in two ways, {shown}",
        field="text",
        got=parted[0],
        must="be read in one way",
        remedy=f'say the dialect: "{one}" or "{other}"; or save it as CSV UTF-8',
        where=f"{name}, row {row_at(data, at)}",
    )


def empty(name: str, remedy: str = "") -> FileError:
    """Build the error for a file that holds nothing."""
    return FileError(f"{name} is empty", field=name, must="hold something", remedy=remedy)


def undecodable(byte: str, name: str, row: int, encoding: str = "UTF-8") -> FileError:
    """Build the error for a byte that stands in no text."""
    remedy = f"save it as {'' if name.endswith('.toml') else 'CSV '}UTF-8"
    return FileError(field="text", got=byte, must=f"be {encoding}", remedy=remedy, where=f"{name}, row {row}", shown=byte)


def row_at(data: bytes, position: int) -> int:
    """Return the line, counted from 1, in which a byte stands."""
    before = data[:position]
    return 1 + before.count(b"\n") + before.replace(b"\r\n", b"\n").count(b"\r")
