"""How fast the rules judge a made-up register, apart from any database."""

import gc
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from bench.figures import Figure, step
from bench.ground import TODAY
from bench.register import make_register
from inventory.law.load import load_law
from inventory.rules.evaluate import evaluate

ROUNDS = 5


def measure(datasets: int) -> Iterator[Figure]:
    """So many datasets of 20 fields under every check and twice as many, in turns."""
    law = load_law()
    registers = {size: make_register(size) for size in (datasets, datasets * 2)}
    took: dict[int, list[float]] = {size: [] for size in registers}
    asked: dict[int, int] = {}
    with step(f"judging {datasets:,} and {datasets * 2:,} datasets in memory, {ROUNDS} times"):
        for _ in range(ROUNDS):
            for size, facts in registers.items():
                gc.collect()  # what the last round left is not this round's to clear away
                begun = perf_counter()
                done = evaluate(facts, law, TODAY)
                took[size].append(perf_counter() - begun)
                counted = sum(
                    t.met + t.not_applicable + t.not_evaluated for t in done.tallies.values()
                )
                asked[size] = counted + len(done.findings)
    first = median(took[datasets])
    for size, times in took.items():
        yield Figure(
            what=f"rules alone, {size:,} datasets × 20 fields",
            value=f"{median(times):.2f} s, {asked[size] / median(times):,.0f} checks/s",
            ratio=median(times) / first if size > datasets else None,
            most=2.4 if size > datasets else None,
        )
