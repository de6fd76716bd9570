"""How fast a register is judged: `python -m bench.evaluation [datasets]`."""

import sys
from collections import Counter
from datetime import date
from time import perf_counter

from bench.register import make_register
from inventory.law.load import load_law
from inventory.rules.evaluate import evaluate

AS_OF = date(2026, 11, 24)


def main(datasets: int = 1000) -> None:
    law = load_law()
    for size in (datasets, datasets * 2):
        facts = make_register(size)
        begun = perf_counter()
        done = evaluate(facts, law, AS_OF)
        took = perf_counter() - begun
        counted = sum(t.met + t.not_applicable + t.not_evaluated for t in done.tallies.values())
        asked = counted + len(done.findings)
        statuses = Counter(finding.status.value for finding in done.findings)
        print(
            f"{size} datasets × 20 fields: {asked:,} checks in {took:.2f} s, "
            f"{asked / took:,.0f} a second; {dict(statuses)}"
        )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
