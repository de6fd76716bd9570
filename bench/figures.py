"""What is measured, how it is timed and how it is shown: figures on stdout, progress on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table. `ratio` is measured side by side; it must not exceed `most`."""

    what: str
    value: str
    ratio: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool:
        return self.ratio is None or self.most is None or self.ratio <= self.most

    def cells(self) -> tuple[str, str, str, str]:
        ratio = "" if self.ratio is None else f"{self.ratio:.3g}"
        wanted = "" if self.most is None else f"≤ {self.most:g}"
        verdict = "" if self.most is None else ("holds" if self.holds else "FAILS")
        return self.what, self.value, ratio, f"{wanted} {verdict}".strip()


def show(figures: list[Figure]) -> None:
    """The table, its columns as wide as they must be."""
    rows = [("what", "figure", "ratio", "wanted"), *(figure.cells() for figure in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say on stderr what is being done, and how long it took."""
    print(f"{what} …", end=" ", file=sys.stderr, flush=True)
    begun = perf_counter()
    yield
    print(f"{perf_counter() - begun:.1f} s", file=sys.stderr, flush=True)


def timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def side_by_side(times: int, *works: Callable[[int], object]) -> list[float]:
    """The median of each, in seconds, taken in turns so that a slow moment strikes all alike."""
    took: list[list[float]] = [[] for _ in works]
    for turn in range(times):
        for held, work in zip(took, works, strict=True):
            begun = perf_counter()
            work(turn)
            held.append(perf_counter() - begun)
    return [median(held) for held in took]


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
