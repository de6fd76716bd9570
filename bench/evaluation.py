"""How fast the rules judge a made-up register, apart from any database, and how fast Fides asks
one rule of the same datasets."""

import gc
import sys
from collections import Counter
from collections.abc import Iterator
from statistics import median
from time import process_time

from bench import fides
from bench.figures import Figure, step
from bench.ground import TODAY
from bench.register import make_register
from inventory.law.bundle import Law
from inventory.law.load import load_law
from inventory.rules.evaluate import evaluate
from inventory.rules.facts import Facts
from inventory.rules.findings import Evaluation

ROUNDS = 7
TOGETHER = 10  # datasets to a system, a purpose, an activity, a party, a database
GOAL = 100  # times faster than Fides


def measure(datasets: int) -> Iterator[Figure]:
    """So many datasets of 20 fields under every check and twice as many, in turns; the time is
    the processor's, since others may be at work on the machine."""
    law = load_law()
    registers = {size: make_register(size, together=TOGETHER) for size in (datasets, datasets * 2)}
    took: dict[int, list[float]] = {size: [] for size in registers}
    counted: dict[int, Counter[str]] = {}
    with step(f"judging {datasets:,} and {datasets * 2:,} datasets in memory, {ROUNDS} times"):
        for _ in range(ROUNDS):
            for size, facts in registers.items():
                seconds, done = judge(facts, law)
                took[size].append(seconds)
                counted[size] = count(done)
    first = median(took[datasets])
    for size, times in took.items():
        number = sum(counted[size].values())
        yield Figure(
            what=f"rules alone, {size:,} datasets × 20 fields, {_checks(law)} checks",
            value=f"{median(times):.2f} s, {number / median(times):,.0f} verdicts/s",
            ratio=median(times) / first if size > datasets else None,
            most=2.2 if size > datasets else None,
        )
    said = ", ".join(f"{number:,} {word}" for word, number in sorted(counted[datasets].items()))
    yield Figure(what=f"verdicts on {datasets:,} datasets", value=said)
    yield beside_fides(registers[datasets], law, first)


def judge(facts: Facts, law: Law) -> tuple[float, Evaluation]:
    gc.collect()  # what the last round left is not this round's to clear away
    begun = process_time()
    done = evaluate(facts, law, TODAY)
    return process_time() - begun, done


def count(done: Evaluation) -> Counter[str]:
    """Verdicts by status."""
    found = Counter(one.status.value for one in done.findings)
    for name in ("met", "not_applicable", "not_evaluated"):
        found[name.replace("_", " ")] = sum(getattr(t, name) for t in done.tallies.values())
    return found


def beside_fides(facts: Facts, law: Law, ours: float) -> Figure:
    """One rule of Fides' against all of ours: a share of its time, the smaller the better."""
    what = f"Fides' evaluator, one rule, {len(facts.datasets):,} systems × 20 fields"
    try:
        with step("asking Fides, in an environment of its own"):
            asked = fides.ask(facts, law)
    except fides.Skipped as why:
        print(f"\n*** FIDES WAS NOT ASKED: {why} ***\n", file=sys.stderr)
        return Figure(what=what, value=f"SKIPPED: {why}")
    times = asked.seconds / ours
    return Figure(
        what=what,
        value=f"{asked.seconds:.2f} s, {asked.violations:,} violations; ours is {times:.0f}×"
        " as fast",
        ratio=ours / asked.seconds,
        most=1 / GOAL,
    )


def _checks(law: Law) -> int:
    return sum(len(law.checks(code, TODAY)) for code in law.regimes)
