"""`make bench`: figures and ratios, each ratio measured side by side in this one run.

`make bench ARGS=--quick` measures smaller registers, in a few minutes. Everything happens in a
database of its own, which is dropped at the end. Exits with 1 where a ratio fails.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

from bench import evaluation
from bench.figures import Figure, show, step, timed
from bench.ground import FIELDS, TODAY, analyze, throw_away_database

PARTS = ("rules", "register", "past", "whole")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    judged: int = 1_000
    small: int = 100
    large: int = 10_000
    times: int = 40
    tables: int = 200
    past: int = 100_000
    whole: int = 100_000


QUICK = Sizes(judged=200, large=1_000, times=10, tables=40, past=10_000, whole=2_000)


def main() -> int:
    asked = argparse.ArgumentParser(prog="make bench", description="Measure.")
    asked.add_argument("--quick", action="store_true", help="smaller registers")
    asked.add_argument("--only", choices=PARTS, help="one part alone")
    asked.add_argument("--datasets", type=int, help="how many the whole register holds")
    options = asked.parse_args()
    sizes = QUICK if options.quick else Sizes()
    if options.datasets:
        sizes = replace(sizes, whole=options.datasets)
    figures: list[Figure] = []
    try:
        figures.extend(measure(sizes, options.only))
    finally:
        show(figures)
    return 0 if all(figure.holds for figure in figures) else 1


def measure(sizes: Sizes, only: str | None) -> Iterator[Figure]:
    if only in (None, "rules"):
        yield from evaluation.measure(sizes.judged)
    if only == "rules":
        return
    with throw_away_database():
        if only in (None, "register"):
            yield from measure_register(sizes)
        if only in (None, "past"):
            from bench import past

            yield from past.measure(sizes.past)
        if only in (None, "whole"):
            from bench import whole

            yield from whole.measure(sizes.whole)


def measure_register(sizes: Sizes) -> Iterator[Figure]:
    from bench import companies, imports, puts
    from inventory.services.evaluation import evaluate_organisation

    actors = []
    for size in (sizes.small, sizes.large):
        with step(f"writing a register of {size:,} datasets × {FIELDS} fields"):
            actor = companies.make_organisation(size)
            analyze()
        actors.append(actor)
        with step("judging all of it"):
            organisation = actor.organisation
            took = timed(lambda: evaluate_organisation(organisation, as_of=TODAY))  # noqa: B023
        analyze()
        yield Figure(
            what=f"whole evaluation, {size:,} datasets × {FIELDS} fields, stored",
            value=f"{took:.1f} s, {size / took:,.0f} datasets/s",
        )
    small, large = actors
    yield from puts.measure(small, large, (sizes.small, sizes.large), times=sizes.times)
    yield from imports.measure(large, sizes.tables)


if __name__ == "__main__":
    sys.exit(main())
