"""How fast the rules judge a made-up register, apart from any database."""

from collections.abc import Iterator
from time import perf_counter

from bench.figures import Figure, step
from bench.ground import TODAY
from bench.register import make_register
from inventory.law.load import load_law
from inventory.rules.evaluate import evaluate


def measure(datasets: int) -> Iterator[Figure]:
    """So many datasets of 20 fields under every check, then twice as many."""
    law = load_law()
    took: list[float] = []
    for size in (datasets, datasets * 2):
        facts = make_register(size)
        with step(f"judging {size:,} datasets in memory"):
            begun = perf_counter()
            done = evaluate(facts, law, TODAY)
            took.append(perf_counter() - begun)
        counted = sum(t.met + t.not_applicable + t.not_evaluated for t in done.tallies.values())
        asked = counted + len(done.findings)
        yield Figure(
            what=f"rules alone, {size:,} datasets × 20 fields",
            value=f"{took[-1]:.2f} s, {asked / took[-1]:,.0f} checks/s",
            ratio=took[-1] / took[0] if size > datasets else None,
            most=2.4 if size > datasets else None,
        )
