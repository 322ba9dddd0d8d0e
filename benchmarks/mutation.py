"""Change kernels, law and oracle in one small place at a time, and see whether the tests notice.

    pip install -e ".[test]" --group mutation
    python benchmarks/mutation.py                   # every module; writes the survivors into docs/explanation/mutation.md
    python benchmarks/mutation.py counting/exact    # some of them; what the page says of the others stays

cosmic-ray makes the mutants. The tests run with the JIT off, so that a mutant takes effect without being compiled, each in a
process that is forked from one in which numpy, numba and pytest are loaded and nothing of this package: no file is changed.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import hashlib
import importlib
import importlib.machinery
import os
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "mazhilis_sim"
PAGE = ROOT / "docs" / "explanation" / "mutation.md"
BEGIN, END = "<!-- survivors: written by benchmarks/mutation.py -->", "<!-- end of survivors -->"
UNEXPLAINED = "**not explained yet**"
MEMORY = 6 << 30

ORACLE, METHODS = "tests/property/test_kernel_equals_oracle.py", "tests/property/test_methods_equal_oracle.py"
COUNT = ("tests/unit/test_allocate.py", "tests/unit/test_allocate_many.py", "tests/unit/test_plurality.py")
RUNS = ("tests/statistical/test_small_runs.py",)
BITS = f"{RUNS[0]}::test_the_bits_of_functions_and_random_numbers_are_the_pinned_ones"
SHARES = f"{RUNS[0]}::test_simulated_shares_are_the_pinned_ones"
MODULES: dict[str, tuple[str, ...]] = {
    "legislation/electoral_law": ("tests/unit/test_law.py", "tests/unit/test_methods.py"),
    "legislation/presets": ("tests/unit/test_law.py", "tests/unit/test_methods.py"),
    "legislation/methods": ("tests/unit/test_methods.py", "tests/unit/test_own_rule.py", METHODS),
    "counting/lots": ("tests/unit/test_allocate.py", "tests/unit/test_methods.py", METHODS),
    "counting/exact": ("tests/unit/test_allocate.py", "tests/unit/test_methods.py", ORACLE, METHODS),
    "counting/rules": ("tests/unit/test_methods.py", METHODS),
    "counting/own_rule": ("tests/unit/test_own_rule.py",),
    **dict.fromkeys(
        (
            "kernels/cpu/count",
            "kernels/cpu/lanes",
            "kernels/cpu/admit",
            "kernels/cpu/divide",
            "kernels/cpu/two_party",
            "kernels/steps/law",
            "kernels/steps/events",
        ),
        ("tests/unit/test_lanes.py", COUNT[0], *RUNS, *COUNT[1:], "tests/unit/test_methods.py", ORACLE),
    ),
    "kernels/cpu/methods": (f"{METHODS}::test_a_rule_by_name_counts_like_the_plain_one", "tests/unit/test_methods.py", METHODS, *RUNS),
    **dict.fromkeys(("kernels/cpu/draws", "kernels/parameters", "kernels/steps/gamma"), (SHARES, *RUNS)),
    "kernels/cpu/districts": RUNS,
    "kernels/cpu/block": (*RUNS, "tests/unit/test_methods.py"),
    **dict.fromkeys(("kernels/cpu/tally", "kernels/cpu/lots"), (*RUNS, "tests/unit/test_methods.py")),
    **dict.fromkeys(
        ("kernels/steps/random_words", "kernels/steps/normals", "kernels/cpu/random_lanes"),
        (BITS, "tests/statistical/test_random_words.py", *RUNS),
    ),
    "kernels/steps/elementary": (BITS, "tests/statistical/test_elementary.py", *RUNS),
    "kernels/steps/single": (BITS, "tests/statistical/test_single.py", *RUNS),
}
"""The modules that are mutated, each with the tests that have to notice, the quickest first."""

SIMILAR = {
    "Add": "Sub",
    "Sub": "Add",
    "Mul": "Div FloorDiv Add",
    "Div": "Mul FloorDiv",
    "FloorDiv": "Mul Div",
    "Mod": "Mul FloorDiv",
    "Pow": "Mul",
    "LShift": "RShift",
    "RShift": "LShift",
    "BitAnd": "BitOr",
    "BitOr": "BitAnd",
    "BitXor": "BitAnd BitOr",
    "Lt": "LtE GtE",
    "LtE": "Lt Gt",
    "Gt": "GtE LtE",
    "GtE": "Gt Lt",
    "Eq": "NotEq GtE",
    "NotEq": "Eq",
    "Is": "IsNot",
    "IsNot": "Is",
    "USub": "UAdd",
    "Not": "",
    "Invert": "UAdd",
}
"""What an operator is replaced by: what a person could have written instead. The tool offers eleven others for each."""
TOO_LONG = (
    f"{ORACLE}::test_the_kernel_counts_every_election_like_the_oracle",
    f"{METHODS}::test_arrays_are_counted_like_the_oracle_by_every_method",
    f"{METHODS}::test_a_report_is_the_same_with_and_without_arrays",
    f"{METHODS}::test_lots_of_a_simulation_are_drawn_among_the_tied_lists_alone",
    f"{METHODS}::test_every_draw_of_a_simulation_is_counted_as_allocate_counts_it",
)
"""Left out: a hundred thousand elections take too long for each mutant; a few hundred of the same kinds remain."""
LEFT_OUT = ("RemoveDecorator",)
"""With the JIT off the decorators of kernels do nothing."""


class Mutant(NamedTuple):
    """One change: the module, its line with the change and without, and the whole changed source."""

    module: str
    number: int
    before: str
    after: str
    source: str

    @property
    def row(self) -> tuple[str, str, str]:
        """What identifies it while line numbers move."""
        return self.module, self.before, self.after


# -- making mutants ----------------------------------------------------------------------------------------------------


def wanted(operator: str) -> bool:
    """Tell whether one of the tool's operators is used."""
    name = operator.removeprefix("core/")
    found = re.fullmatch(r"Replace(Binary|Comparison|Unary)Operator_(\w+?)_(\w+)", name)
    if found is None:
        return name not in LEFT_OUT
    kind, old, new = found.groups()
    if kind == "Unary":
        return old == "Delete" or new in SIMILAR.get(old, "").split()
    return new in SIMILAR.get(old, "").split()


def mutants(module: str, share: float = 1.0) -> Iterator[Mutant]:
    """Yield all mutants of a module, or a random share of them, the same each time."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    source = (PACKAGE / f"{module}.py").read_text(encoding="utf-8")
    tree, chance = get_ast(source), random.Random(module)
    for name in filter(wanted, sorted(operator_names())):
        operator = get_operator(name)
        if operator.arguments():
            continue
        places = [place for node in ast_nodes(tree) for place in operator().mutation_positions(node)]
        for occurrence in [place for place in range(len(places)) if chance.random() < share]:
            yield from changed(module, source, operator(), occurrence)


def changed(module: str, source: str, operator: Any, occurrence: int) -> Iterator[Mutant]:
    """Make one change, unless it comes to nothing."""
    from cosmic_ray.mutating import mutate_code

    after = mutate_code(source, operator, occurrence)
    if after is None or same_code(source, after):
        return
    pairs = zip(source.splitlines(), after.splitlines(), strict=False)
    number, (old, new) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    yield Mutant(module, number, old.strip(), new.strip(), after)


def same_code(one: str, other: str) -> bool:
    """Tell whether two sources are the same program, annotations left out."""
    return bare(one) == bare(other)


@functools.lru_cache(maxsize=4)
def bare(source: str) -> str:
    """Return the program without what changes nothing; empty where it is none."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if getattr(node, name, None) is not None:
                setattr(node, name, ast.Constant(0))
        if isinstance(node, ast.arguments):  # the tool takes the star before arguments that are given by name for an operator
            node.args, node.posonlyargs, node.kwonlyargs = [*node.posonlyargs, *node.args, *node.kwonlyargs], [], []
            node.defaults, node.kw_defaults = [*node.defaults, *(each for each in node.kw_defaults if each)], []
        if isinstance(node, ast.IfExp) and isinstance(node.test, ast.Compare) and is_larger_or_smaller(node, node.test):
            node.test.ops = [STRICT.get(type(op), type(op))() for op in node.test.ops]
    return ast.dump(tree)


STRICT: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.GtE: ast.Gt, ast.LtE: ast.Lt}


def is_larger_or_smaller(choice: ast.IfExp, test: ast.Compare) -> bool:
    """Tell whether a choice is between the two numbers that it compares: where they are equal, either is the same number."""
    return sorted(map(ast.dump, (test.left, *test.comparators))) == sorted(map(ast.dump, (choice.body, choice.orelse)))


# -- testing them ------------------------------------------------------------------------------------------------------


def load() -> None:
    """Load what every test run needs, and nothing of this package."""
    os.environ |= {"NUMBA_DISABLE_JIT": "1", "HYPOTHESIS_PROFILE": "mutation"}
    sys.path[:0] = [str(ROOT / "src")]
    os.chdir(ROOT)
    for name in ("hypothesis", "mpmath", "numba", "numpy", "pytest"):
        importlib.import_module(name)
    gc.freeze()
    assert not [name for name in sys.modules if name.startswith("mazhilis_sim")]


def start(module: str, source: str | None, limits: dict[str, int]) -> int:
    """Begin to run tests on a changed source, each file for so many seconds of a processor; return the process."""
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os._exit(run_tests(module, source, limits))
    return process


def run_tests(module: str, source: str | None, limits: dict[str, int]) -> int:
    """Run the tests in this process, until the first that fails; return pytest's status."""
    import pytest

    silence()
    if source is not None:
        plant(str(PACKAGE / f"{module}.py"), source)
    left_out = [word for test in TOO_LONG for word in ("--deselect", test)]
    options = ["-x", "-q", "-n0", "--tb=no", "--assert=plain", "-p", "no:cacheprovider", *left_out]
    for test, seconds in limits.items():  # most fall in the first file
        end = int(time.process_time()) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))
        if status := int(pytest.main([*options, test])):
            return status
    return 0


def silence() -> None:
    """Write what tests say nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def plant(path: str, source: str) -> None:
    """Let one module be loaded from another source."""
    loader = importlib.machinery.SourceFileLoader
    usual = loader.get_code

    def get_code(self: Any, name: str) -> Any:
        return compile(source, path, "exec", dont_inherit=True) if self.path == path else usual(self, name)

    loader.get_code = get_code  # type: ignore[method-assign]


def survivors(module: str, found: list[Mutant], jobs: int, limits: dict[str, int]) -> list[Mutant]:
    """Test all mutants of a module, several at once; return those that no test noticed."""
    running: dict[int, Mutant] = {}
    lived: list[Mutant] = []
    began = time.monotonic()
    for number, mutant in enumerate([*found, *[None] * jobs]):
        if running and (mutant is None or len(running) >= jobs):
            process, status = os.wait()
            ended = running.pop(process)
            if status == 0:
                lived.append(ended)
                print(f"  survives: {module}:{ended.number}: {ended.before}  ->  {ended.after}", flush=True)
        if mutant is not None:
            running[start(module, mutant.source, limits)] = mutant
        if number and number % 100 == 0:
            print(f"  {module}: {number} of {len(found)}, {time.monotonic() - began:.0f} s", flush=True)
    return lived


def seconds_needed(module: str) -> dict[str, int]:
    """See that the tests pass as long as nothing is changed; return the processor time to allow each file."""
    return {test: 5 + 2 * seconds_of(module, test) for test in MODULES[module]}


def seconds_of(module: str, test: str) -> int:
    """Run one file of tests without any change; return its processor time."""
    _, status, used = os.wait4(start(module, None, {test: 3600}), 0)
    if status:
        sys.exit(f"{module}: the tests fail without any change: pytest {test}")
    return int(used.ru_utime + used.ru_stime)


# -- the page ----------------------------------------------------------------------------------------------------------

Score = tuple[str, int, int]
"""Of a module: what its source was, in a few digits; mutants; survivors."""
Key = tuple[str, str, str]
"""A survivor as the page shows it: module, line, and the line with the change, ready for a table."""


def cell(code: str) -> str:
    """Write code for a table."""
    return f"`{code.replace('|', chr(92) + '|')}`"


def cells(line: str) -> list[str]:
    """Read a row of a table."""
    return [part.strip() for part in re.split(r"(?<!\\)\|", line)[1:-1]]


def read_page(page: str) -> tuple[dict[str, Score], dict[Key, str]]:
    """Read the score by module, and the reason by survivor, that stand between the marks."""
    rows = [cells(line) for line in page.split(BEGIN)[1].split(END)[0].splitlines() if line.startswith("|")]
    scores = {row[0]: (row[1].strip("`"), int(row[2]), int(row[3])) for row in rows if len(row) in {5, 7} and row[0] in MODULES}
    return scores, {(row[0].strip("`"), row[1], row[2]): row[3] for row in rows if len(row) == 4 and row[0].startswith("`")}


def ratios(many: int, left: int, missed: int) -> str:
    """Write numbers and scores: of all mutants, and of those that are another program, survivors of which are missed."""
    return f"{many} | {left} | {missed} | {1 - left / many:.1%} | {1 - missed / (many - left + missed):.1%}"


def table(scores: dict[str, Score], found: dict[Key, str]) -> Iterator[str]:
    """Yield the lines between the marks: the scores by module, and every survivor with its reason; equal lines stand once."""
    yield "| module | source | mutants | survivors | not caught | score | score of those that differ |"
    yield "|---|---|---|---|---|---|---|"
    missed = Counter(key[0] for key, why in found.items() if why.startswith("**"))
    for module, (source, many, left) in scores.items():
        yield f"| {module} | `{source}` | {ratios(many, left, missed[module])} |"
    many, left = (sum(score[place] for score in scores.values()) for place in (1, 2))
    yield f"| all | | {ratios(many, left, missed.total())} |"
    yield from ("", "| module | line | survives as | why |", "|---|---|---|---|")
    yield from (f"| `{module}` | {before} | {after} | {why} |" for (module, before, after), why in sorted(found.items()))


def digest(module: str) -> str:
    """Return what tells this version of a module from others."""
    return hashlib.sha256((PACKAGE / f"{module}.py").read_bytes()).hexdigest()[:12]


def renew_page(counts: dict[str, int], lived: list[Mutant], share: float = 1.0) -> None:
    """Write the tables anew for the modules that were tested; others, and the reasons that stand there, stay."""
    page = PAGE.read_text(encoding="utf-8")
    scores, known = read_page(page)
    part = f", a random {share:.0%}" if share < 1 else ""
    scores |= {module: (digest(module) + part, many, sum(each.module == module for each in lived)) for module, many in counts.items()}
    found = merged(known, {(each.module, cell(each.before), cell(each.after)) for each in lived}, counts.keys(), scores.keys())
    lines = "\n".join(table({module: scores[module] for module in MODULES if module in scores}, found))
    PAGE.write_text(f"{page.split(BEGIN)[0]}{BEGIN}\n\n{lines}\n\n{END}{page.split(END)[1]}", encoding="utf-8")


def merged(known: dict[Key, str], here: set[Key], tested: Collection[str], measured: Collection[str]) -> dict[Key, str]:
    """Return all survivors with their reasons: those of now, and of other modules those that stand on the page.

    A line that moved to another module takes its reason along. What stands under names that no module has any more goes when all
    modules have been measured.
    """
    moved = {key[1:]: why for key, why in known.items()}
    all_measured = set(MODULES) <= set(measured)
    stays = {key: why for key, why in known.items() if key[0] not in tested and (key[0] in MODULES or not all_measured)}
    return stays | {key: known.get(key) or moved.get(key[1:], UNEXPLAINED) for key in here}


def explained() -> set[tuple[str, str]]:
    """Return the changes that the page has a reason for, by the lines, which may have moved to another module."""
    _, known = read_page(PAGE.read_text(encoding="utf-8"))
    return {key[1:] for key, why in known.items() if why != UNEXPLAINED}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("modules", nargs="*", choices=[*MODULES, []], default=[], metavar="MODULE", help=", ".join(MODULES))
    words.add_argument("--jobs", type=int, default=2)
    words.add_argument("--share", type=float, default=1.0, help="test a random share of the mutants; the page then says so")
    words.add_argument("--again", action="store_true", help="test survivors anew that the page gives a reason for")
    words.add_argument("--only", default="", help="only lines that contain this")
    asked = words.parse_args()
    load()
    for module in asked.modules or MODULES:
        limits = seconds_needed(module)
        found = [each for each in mutants(module, asked.share) if asked.only in each.before]
        known = set() if asked.again else explained()
        given = [each for each in found if (cell(each.before), cell(each.after)) in known]
        print(f"{module}: {len(found)} mutants, {len(given)} known to survive, at most {sum(limits.values())} s each", flush=True)
        lived = [*given, *survivors(module, [each for each in found if each not in given], asked.jobs, limits)]
        if not asked.only:
            renew_page({module: len(found)}, lived, asked.share)


if __name__ == "__main__":
    main()
