"""Labels: spellings, parties of the record by any of their names, words of no party, totals."""

from __future__ import annotations

import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import mazhilis_sim as ms
import names_page
from mazhilis_sim.errors import DataWarning, PollError, PollWarning, VotesError
from mazhilis_sim.names.entries import Entry, by_id
from mazhilis_sim.names.labels import match, read_label, read_labels
from mazhilis_sim.names.record import near, parties, party_names
from mazhilis_sim.names.reserved import ASSEMBLY, INDEPENDENTS, RESERVED, UNDECIDED
from mazhilis_sim.names.spelling import bare, spelling
from mazhilis_sim.names.stored import read_table
from mazhilis_sim.names.words import MEANINGS, PARTY_WORD, STEM, meaning_of, meanings_of, without

NAMES = [name.name for name in party_names()]
ROWS = [(row["word"], row["meaning"]) for row in read_table("words") if row["meaning"] in MEANINGS]
WORDS = [(word, meaning) for word, meaning in ROWS if not word.endswith(STEM)]
STEMS = [(word.removesuffix(STEM), meaning) for word, meaning in ROWS if word.endswith(STEM)]
TO_CYRILLIC = str.maketrans("AaBEeKMHOoPpCcTXxy", "АаВЕеКМНОоРрСсТХху")
RESPELT: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small": str.lower,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "compatible": lambda text: unicodedata.normalize("NFKC", text),
    "wide blanks": lambda text: f"\u00a0{text} ".replace(" ", "\u2009 "),
    "hyphens": lambda text: text.replace(" ", "-"),
    "underscores": lambda text: text.replace(" ", "_"),
    "quoted": lambda text: f"«{text}»",
    "straight quotes": lambda text: text.replace("«", '"').replace("»", '"').replace("'", "’"),
    "looking alike": lambda text: text.translate(TO_CYRILLIC),
    "soft hyphens": lambda text: "\u00ad".join(text),
}
every_way = pytest.mark.parametrize("respelt", RESPELT.values(), ids=RESPELT)


def said_by(entries: Sequence[Entry[Any]], among: str = "votes") -> tuple[dict[str, Any], str]:
    """Sort entries out, and return the one warning with them; nothing where nothing is said."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        found = by_id(entries, among, VotesError)  # type: ignore[arg-type]
    assert len(said) <= 1
    return dict(found), str(said[0].message) if said else ""


def rows(numbers: dict[str, int]) -> list[Entry[int]]:
    """Write labels and numbers as rows of a file, below a header."""
    return [Entry(label, number, row, f"v.csv, row {row}") for row, (label, number) in enumerate(numbers.items(), 2)]


# -- spellings -----------------------------------------------------------------------------------------------------------


@every_way
def test_a_name_on_record_is_found_in_any_spelling(respelt: Callable[[str], str]) -> None:
    for name in party_names():
        assert ms.find_party(respelt(name.name)) == name.party, (name, respelt(name.name))


@every_way
def test_a_word_of_no_party_is_known_in_any_spelling(respelt: Callable[[str], str]) -> None:
    for word, meaning in WORDS:
        assert meaning_of(respelt(word)) == meaning, respelt(word)


@every_way
def test_another_spelling_of_an_own_name_is_the_same_name(respelt: Callable[[str], str]) -> None:
    for name in ("Labour Union", "Партия труда", "Éire", "Straße", "A-1"):
        assert spelling(respelt(name)) == spelling(name), respelt(name)


@pytest.mark.parametrize(
    ("one", "other"), [("List 1 1", "List 11"), ("a", "b"), ("A+", "A"), ("e", "é"), ("а", "б"), ("1 0", "10"), ("A.", "A"), ("-", "--x")]
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert spelling(one) != spelling(other)


@given(st.text(max_size=12))
@example("U\u00a8")  # an accent by itself
def test_a_spelling_is_that_of_itself(text: str) -> None:
    assert spelling(spelling(text)) == spelling(text)
    assert bool(spelling(text)) == bool(text)


def test_letters_of_kazakh_may_be_written_without_its_keyboard() -> None:
    written = {"Әділет": "Аділет", "Қазақстан халық партиясы": "Казакстан халык партиясы", "Нұр Отан": "Нур Отан", "ҚХП": "КХП"}
    assert [ms.find_party(short) for short in written.values()] == [ms.find_party(full) for full in written]


def test_a_letter_of_a_name_may_be_a_twin_of_another_alphabet() -> None:
    assert ms.find_party("Аmаnаt") == ms.find_party("AMАNАТ") == "amanat"


# -- the tables ----------------------------------------------------------------------------------------------------------


def test_no_spelling_means_two_things() -> None:
    means = defaultdict(set)
    for name in party_names():
        for key in {bare(name.name), without(name.name, PARTY_WORD)} - {""}:
            means[key].add(name.party)
    for word, meaning in WORDS:
        means[bare(word)].add(meaning)
    assert not {key: found for key, found in means.items() if len(found) > 1}


def test_every_party_of_the_record_has_names_in_three_languages_and_all_that_elections_show() -> None:
    languages = defaultdict(set)
    for name in party_names():
        languages[name.party].add(name.language)
        assert name.kind in ("short", "full", "former", "abbreviation")
        assert name.source
    assert all(languages[party] == {"en", "kk", "ru"} for party in parties())
    shown = {(row["party"], row["name"]) for row in read_table("parties") if row["registration"]}
    assert {party for party, _ in shown} == set(parties())
    assert all(ms.find_party(name) == party for party, name in shown)


def test_every_meaning_has_words_and_every_word_a_meaning() -> None:
    assert {meaning for _, meaning in WORDS} == set(MEANINGS)
    languages = defaultdict(set)
    for row in read_table("words"):
        languages[row["meaning"]].add(row["language"])
    assert all(spoken == {"en", "kk", "ru"} for spoken in languages.values())


def test_reserved_ids_mean_themselves() -> None:
    for id_ in (*RESERVED, "other"):
        assert read_label(id_, "votes").id == id_
    for id_ in (*RESERVED, "other", "undecided"):
        assert read_label(id_, "poll").id == id_
    assert all(read_label(id_, "votes").kind == "refused" for id_ in (INDEPENDENTS, ASSEMBLY, UNDECIDED))


def test_the_page_of_names_has_the_tables_of_today() -> None:
    page = names_page.PAGE.read_text(encoding="utf-8")
    assert page == names_page.written(page)
    assert all(name.name in page for name in party_names())
    assert page.count("\n- ") > 3 * len(parties())


# -- words of no party ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "votes", "poll"),
    [
        ("Against all", "against_all", "against_all"),
        ("Голосов против всех партий", "against_all", "against_all"),
        ("Число недействительных бюллетеней", "invalid", "invalid"),
        ("Number of invalid ballots", "invalid", "invalid"),
        ("Жарамсыз бюллетеньдер саны", "invalid", "invalid"),
        ("Blank/invalid", "invalid", ""),
        ("InvalidVotes", "invalid", "invalid"),
        ("DK / would not vote", "", "undecided"),
        ("I don't know", "", "undecided"),
        ("Total other parties", "other", "other"),
        ("8. Против всех", "against_all", "against_all"),
        ("Undecided²", "", "undecided"),
        ("Blank", "invalid", ""),
        ("Other parties", "other", "other"),
        ("Басқа партиялар", "other", "other"),
        ("Don't know", "", "undecided"),
        ("DK / refused", "", "undecided"),
        ("Затрудняюсь ответить или отказ", "", "undecided"),
        ("Would not vote", "", "undecided"),
        ("None of these", "", ""),
        ("Others/undecided", "", ""),
        ("Registered voters", "", ""),
        ("Independents", "", ""),
    ],
)
def test_a_word_means_an_id_where_that_is_certain(text: str, votes: str, poll: str) -> None:
    assert [label.id if label.kind == "reserved" else "" for label in (read_label(text, "votes"), read_label(text, "poll"))] == [
        votes,
        poll,
    ]
    assert all(read_label(text, among).kind in ("reserved", "refused") for among in ("votes", "poll"))


@pytest.mark.parametrize("text", ["Registered voters", "Don't know", "None of these", "Others / undecided", "тәуелсіз"])
def test_what_is_not_certain_is_refused_by_name_with_what_to_write(text: str) -> None:
    with pytest.raises(VotesError) as raised:
        by_id([Entry("a", 5), Entry(text, 4, 7, "v.csv, row 7")], "votes", VotesError)
    assert text in str(raised.value)
    assert raised.value.where == "v.csv, row 7"
    assert raised.value.remedy


@pytest.mark.parametrize(
    "text", ["Truth and Justice", "Party", "Other Russia", "Nonesuch", "Totalizers", "Votes", "Справедливость и труд", "-"]
)
def test_a_name_that_holds_such_a_word_stays_a_name(text: str) -> None:
    assert read_label(text, "votes") == read_label(text, "poll")
    assert (read_label(text, "votes").kind, read_label(text, "votes").id) == ("own", text)


def test_words_of_one_id_are_added_up_and_that_is_said() -> None:
    found, said = said_by([Entry("a", Fraction(7, 10)), Entry("Don't know", Fraction(1, 5)), Entry("Refused", Fraction(1, 10))], "poll")
    assert found == {"a": Fraction(7, 10), "undecided": Fraction(3, 10)}
    assert said == "read as: \"Don't know\" as undecided, 'Refused' as undecided; what is read as undecided is added up"


def test_what_concerns_a_poll_is_said_as_of_a_poll() -> None:
    with pytest.warns(PollWarning, match=r"^here: read as"):
        by_id([Entry("Amanat", Fraction(1, 2))], "poll", PollError, where="here")
    with pytest.warns(DataWarning, match=r"^read as"):
        by_id([Entry("Amanat", 5)], "votes", VotesError)


# -- one party twice -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("Amanat", "amanat", "one party, amanat"),
        ("Nur Otan", "Аманат", "one party, amanat"),
        ("Labour", "LABOUR", "one name"),
        ("Labour", "Lаbоur", "one name"),
        ("against_all", "Against-all", "one name"),
    ],
)
def test_two_spellings_of_one_name_are_shown_both(first: str, second: str, one: str) -> None:
    with pytest.raises(VotesError) as raised:
        by_id(rows({first: 5, "b": 4, second: 3}), "votes", VotesError)
    assert str(raised.value) == f"v.csv, row 4: {first!r} and {second!r} are {one}, in rows 2 and 4; remove one of them, or add them up"


def test_one_label_twice_is_said_with_its_rows() -> None:
    with pytest.raises(VotesError, match=r"^v: 'a' stands twice, in rows 2 and 3; remove one of them, or add them up$"):
        by_id([Entry("a", 1, 2), Entry("a", 1, 3)], "votes", VotesError, where="v")


# -- names that are common elsewhere -------------------------------------------------------------------------------------


def test_a_general_name_is_of_the_record_beside_another_list_of_it_alone() -> None:
    assert [label.id for label in read_labels(["People's Party", "Auyl"], "votes")] == ["qhp", "auyl"]
    alone = read_labels(["People's Party", "Patriots", "Labour"], "votes")
    assert [(label.kind, label.id) for label in alone] == [("own", "People's Party"), ("own", "Patriots"), ("own", "Labour")]
    _, said = said_by([Entry("People's Party", 5), Entry("Labour", 4)])
    assert said == '"People\'s Party" stays as it is; write qhp if the party of the record is meant'


def test_an_id_is_never_doubted() -> None:
    assert said_by([Entry("patriots", 5), Entry("adilet", 4)]) == ({"patriots": 5, "adilet": 4}, "")


@pytest.mark.parametrize(
    ("label", "party"),
    [
        ("Amanat (formerly Nur Otan)", "amanat"),
        ("1. Партия «AMANAT»", "amanat"),
        ("№ 7) ЖСДП", "jsdp"),
        ("Auyl*", "auyl"),
        ("Ақ жол [2]", "aq_jol"),
        ("Baytaq¹", "baytaq"),
        ("НПК (Народная партия)", "qhp"),
        ("Ауыл / Auyl", "auyl"),
        ("Adal [Birlik]", "adal"),
        ("Amanat / Auyl", None),
        ("НДП «Нур Отан»", "amanat"),
        ("«Ақ жол» Қазақстанның демократиялық партиясы", "aq_jol"),
        ("Демократическая партия Казахстана", None),
        ("Amanat (ruling)", None),
        ("/", None),
    ],
)
def test_a_label_may_hold_several_names_of_one_party(label: str, party: str | None) -> None:
    assert ms.find_party(label) == party


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Amanta", "Amanat"),
        ("Amanat (ruling)", "Amanat"),
        ("Respublca", "Respublica"),
        ("Agianst all", "against all"),
        ("The youth of Nur Otan", "Nur Otan"),
        ("Дәстүрлі Ауыл одағы", "Ауыл"),
    ],
)
def test_a_name_near_a_known_one_is_said_with_it(text: str, known: str) -> None:
    found, said = said_by([Entry(text, 5), Entry("b", 4)])
    assert found == {text: 5, "b": 4}
    assert said == f"{text!r} is nearly {known!r}; write that if it is meant"


@pytest.mark.parametrize("sum_", [9103, 9102, 0])
def test_a_sum_by_a_name_that_nobody_knows_is_doubted(sum_: int) -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        found = by_id([Entry("a", 5001, 2), Entry("b", 4102, 3), Entry("Сводка", sum_, 4)], "votes", VotesError)
    assert found["Сводка"] == sum_
    doubts = ["row 4, Сводка, has as many votes as all others together; leave it out if it is their sum"]
    assert [str(each.message) for each in said] == (doubts if sum_ == 9103 else [])


def test_votes_written_in_a_program_are_no_table_with_a_sum() -> None:
    assert by_id([Entry("a", 5001), Entry("b", 4102), Entry("c", 9103)], "votes", VotesError) == {"a": 5001, "b": 4102, "c": 9103}


def test_known_names_and_far_ones_are_near_nothing() -> None:
    assert not any(near(text) for text in ("Labour", "a", "Conservatives", "list_12", "x" * 500, *NAMES))


def test_a_known_id_is_matched_by_name_or_spelling() -> None:
    known = ("amanat", "aq_jol", "List A", "x-1")
    assert [match(text, known) for text in ("Nur Otan", "Ақ жол", "list a", "X 1", "Auyl", "b")] == [*known, None, None]


# -- totals --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "summed"),
    [
        ({"a": 70, "b": 30, "Total": 100}, "rows 2, 3"),
        ({"a": 60, "b": 30, "c": 10, "Итого": 100}, "rows 2 to 4"),
        ({"a": 60, "b": 30, "Against all": 10, "Valid": 100, "Invalid": 7}, "rows 2 to 4"),
        ({"a": 60, "b": 30, "Against all": 10, "Invalid": 7, "Барлығы": 107}, "rows 2 to 5"),
        ({"a": 60, "b": 40, "Sum": 100, "Against all": 10, "Invalid": 7}, "rows 2, 3"),
        ({"a": 60, "Invalid": 7, "b": 40, "Total valid votes": 100}, "rows 2, 4"),
    ],
)
def test_a_total_that_the_rows_add_up_to_is_left_out_and_said(numbers: dict[str, int], summed: str) -> None:
    found, said = said_by(rows(numbers))
    (total,) = (label for label in numbers if read_label(label, "votes").kind == "total")
    row = 2 + list(numbers).index(total)
    assert said.startswith(f"row {row}, {total}, is the sum of {summed} and is left out")
    assert sum(found.values()) == sum(number for label, number in numbers.items() if label != total)


def test_several_totals_are_left_out() -> None:
    found, said = said_by(rows({"a": 60, "b": 40, "Valid": 100, "Invalid": 5, "Total": 105}))
    assert found == {"a": 60, "b": 40, "invalid": 5}
    assert said.count("is left out") == 2


def test_another_total_is_refused_with_both_numbers() -> None:
    with pytest.raises(VotesError) as raised:
        by_id(rows({"a": 3_431_510, "b": 693_938, "Total": 4_125_449}), "votes", VotesError)
    assert str(raised.value) == ("v.csv, row 4: 'Total' is 4,125,449, and the others add up to 4,125,448; leave it out, or mend a number")


def test_a_total_alone_is_the_sum_of_nothing() -> None:
    with pytest.raises(VotesError, match="'Total' is 5, and the others add up to 0"):
        by_id([Entry("Total", 5)], "votes", VotesError)


def test_a_total_of_some_says_of_whom() -> None:
    answers = {"a": Fraction(1, 2), "b": Fraction(3, 10), "Total": Fraction(4, 5), "DK": Fraction(1, 5)}
    found, said = said_by([Entry(label, share) for label, share in answers.items()], "poll")
    assert said == "'Total' is the sum of 'a', 'b' and is left out; read as: 'DK' as undecided"
    assert list(found) == ["a", "b", "undecided"]


def test_printed_shares_may_miss_their_total_by_rounding() -> None:
    third = Fraction(333, 1000)
    answers = [Entry("a", third), Entry("b", third), Entry("c", third)]
    assert said_by([*answers, Entry("Total", 1)], "poll")[0] == {"a": third, "b": third, "c": third}
    with pytest.raises(VotesError, match=r"'Total' is 100 %, and the others add up to 66.6 %"):
        by_id([*answers[:2], Entry("Total", 1)], "poll", VotesError)


# -- what nobody writes --------------------------------------------------------------------------------------------------


@given(st.text(st.characters(max_codepoint=127), max_size=12))
def test_plain_letters_are_spelt_as_all_letters_are(text: str) -> None:
    assert spelling(text) == spelling(text + "Ж").removesuffix("Ж") or not spelling(text + "Ж").removesuffix("Ж")


@pytest.mark.parametrize("text", ["x" * 3_000_000, "Don't know/" * 300_000, "Amanat " * 300_000, "-" * 10_000])
def test_a_name_of_absurd_length_means_itself(text: str) -> None:
    assert read_label(text, "votes").kind == "own"
    assert spelling(text) == text
    assert ms.find_party(text) is None
    assert near(text) == ""


def test_a_label_that_begins_like_a_word_is_refused_with_what_it_may_mean() -> None:
    for stem, meaning in STEMS:
        label = read_label(f"{stem}абв xyz", "votes")
        assert label.kind == "refused", stem
        error = label.refusal(VotesError)
        assert f"may stand for {MEANINGS[meaning].what}" in str(error)
        assert error.remedy
    with pytest.raises(
        VotesError, match=r"^'Недейств\. бюлл\.' may stand for invalid ballots; write invalid, or give it another name where it is a list$"
    ):
        by_id([Entry("a", 5), Entry("Недейств. бюлл.", 4)], "votes", VotesError)


def test_no_name_on_record_begins_like_a_word() -> None:
    assert not [name for name in party_names() if read_label(name.name, "votes").kind == "refused" or meanings_of(name.name)]
