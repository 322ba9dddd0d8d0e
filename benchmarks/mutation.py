"""Change kernels, law and oracle in one small place at a time, and see whether the tests notice.

    pip install -e ".[test]" --group mutation
    python benchmarks/mutation.py                   # what changed since it was measured, in every module
    python benchmarks/mutation.py counting/exact    # those of some modules
    python benchmarks/mutation.py --again           # every function: hours
    python benchmarks/mutation.py --stale           # no more than say which functions changed

What is measured is written down function by function (`benchmarks/mutating/functions.csv`), so that a run can be stopped and taken up
again. Survivors stand in `survivors.csv`, where their reasons are written by hand; docs/explanation/mutation.md is made of both.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from mutating import record
from mutating.mutants import Mutant, mutants, source_of
from mutating.programs import Function, functions
from mutating.trying import MODULES, load, seconds_needed, survivors


def measure(module: str, wanted: list[Function], known: set[tuple[str, str, str]], jobs: int) -> None:
    """Test the mutants of some functions, but those that are known to survive, and write down each function as it is done."""
    found = list(mutants(module)) if wanted else []
    for function in wanted:
        here = [each for each in found if each.function == function.name]
        given = [each for each in here if (each.function, each.before, each.after) in known]
        tested = [each for each in here if each not in given]
        print(f"{module}: {function.name}: {len(here)} mutants, {len(given)} known to survive", flush=True)
        lived = survivors(tested, jobs, seconds_needed(module)) if tested else []
        say(lived)
        record.write(record.renewed(record.read(), module, function, len(here), [*given, *lived]), MODULES)


def say(lived: Iterable[Mutant]) -> None:
    """Print what survives."""
    for each in lived:
        print(f"  survives: {each.number}: {each.before}  ->  {each.after}", flush=True)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("modules", nargs="*", choices=[*MODULES, []], default=[], metavar="MODULE", help=", ".join(MODULES))
    words.add_argument("--function", default="", help="only the function of this name")
    words.add_argument("--again", action="store_true", help="every function, and survivors too that there is a reason for")
    words.add_argument("--stale", action="store_true", help="only say which functions changed since they were measured")
    words.add_argument("--jobs", type=int, default=2, help="tests that run at once")
    asked = words.parse_args()
    load()
    for module in asked.modules or MODULES:
        wanted = list(functions(source_of(module)).values()) if asked.again else record.stale(module)
        wanted = [each for each in wanted if asked.function in {"", each.name}]
        if asked.stale:
            print(f"{module}: {', '.join(each.name for each in wanted) or 'nothing'}")
        else:
            measure(module, wanted, set() if asked.again else record.explained(module), asked.jobs)
    if not asked.stale:
        record.write(record.read(), MODULES)


if __name__ == "__main__":
    main()
