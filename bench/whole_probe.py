"""Run as a process of its own, so that its memory is its own: judges the whole register of one
organisation, and says how long that took, how much of it the rules alone, and the most memory."""

import json
import os
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory.settings")


def main(organisation: str, as_of: str) -> None:
    import django

    django.setup()
    from inventory.models import Organisation
    from inventory.rules.evaluate import Judge
    from inventory.services.evaluation import evaluate_organisation

    spent = [0.0]
    evaluate = Judge.evaluate

    def timed(*given: object) -> object:
        begun = time.perf_counter()
        done = evaluate(*given)  # type: ignore[arg-type]
        spent[0] += time.perf_counter() - begun
        return done

    Judge.evaluate = timed  # type: ignore[method-assign, assignment]
    row = Organisation.objects.get(key=organisation)
    begun = time.perf_counter()
    evaluate_organisation(row, as_of=date.fromisoformat(as_of), progress=tell)
    took = time.perf_counter() - begun
    print(json.dumps({"seconds": took, "rules": spent[0], "mebibytes": peak()}))


def peak() -> float:
    """`getrusage` would tell the parent's too, where that is larger: a fork begins with it."""
    with open("/proc/self/status") as status:
        kibibytes = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    return int(kibibytes) / 1024


def tell(done: int, total: int) -> None:
    print(f"\r{done:,} of {total:,} ", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
