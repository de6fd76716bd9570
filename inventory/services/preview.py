"""Looking ahead: which findings would appear, vanish or weigh otherwise on another day, if the
register stayed as it is. Nothing is stored but the answer."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from inventory.law.vocabulary import SubjectKind
from inventory.models import Organisation
from inventory.rules.facts import Facts
from inventory.rules.findings import Finding
from inventory.services.gather import gather
from inventory.services.law import law_of
from inventory.services.neighbourhood import Rows, whole
from inventory.services.sitting import Sitting
from inventory.services.verdicts import names_of

BATCH = 500
MOST = 500  # differences that are listed; all are counted

type Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One finding that is not the same on both days; None: it is no finding on that day."""

    check: str
    title: str
    subject_kind: str
    subject: str
    place: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How the same register stands under the law of two days."""

    today: date
    on: date
    subjects: int
    appear: int
    vanish: int
    turn: int  # another status than before
    now: dict[str, int]  # findings by status today
    then: dict[str, int]
    differences: tuple[Difference, ...]

    def document(self) -> dict[str, Any]:
        """The same as plain data, to keep with a task."""
        return {**asdict(self), "today": self.today.isoformat(), "on": self.on.isoformat()}


def preview(
    organisation: Organisation, on: date, *, today: date, progress: Progress | None = None
) -> Preview:
    """Judge the register as it is under the law of both days; writes nothing."""
    tell = progress or (lambda done, total: None)
    rows, law = whole(organisation), law_of(organisation)
    counted: Counter[str] = Counter()
    now: Counter[str] = Counter()
    then: Counter[str] = Counter()
    listed: list[Difference] = []
    done = 0
    for batch, facts in _parts(organisation, rows, today):
        before = _by_key(Sitting(facts, law, today).judge(batch).findings)
        after = _by_key(Sitting(facts, law, on).judge(batch).findings)
        now.update(one.status.value for one in before.values())
        then.update(one.status.value for one in after.values())
        for one in _differences(before, after, facts):
            counted[_turn(one)] += 1
            listed += [one] if len(listed) < MOST else []
        tell(done := done + len(batch), len(rows))
    return Preview(
        today=today,
        on=on,
        subjects=len(rows),
        appear=counted["appear"],
        vanish=counted["vanish"],
        turn=counted["turn"],
        now=dict(now),
        then=dict(then),
        differences=tuple(listed),
    )


def _parts(organisation: Organisation, rows: Rows, today: date) -> Iterator[tuple[Rows, Facts]]:
    """Datasets batch by batch; the few of the other kinds with all that they read."""
    datasets = rows.only(SubjectKind.DATASET)
    for batch in datasets.batches(BATCH):
        yield batch, gather(organisation, batch.subjects(), as_of=today)
    others = rows - datasets
    for batch in others.batches(BATCH):
        yield batch, gather(organisation, batch.subjects(), as_of=today)


def _by_key(findings: Iterable[Finding]) -> dict[Any, Finding]:
    return {one.key: one for one in findings}


def _differences(
    before: dict[Any, Finding], after: dict[Any, Finding], facts: Facts
) -> Iterator[Difference]:
    name = names_of(facts)
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        shown = new or old
        if shown is None or (old and new and old.status is new.status):
            continue
        yield Difference(
            check=shown.check.id,
            title=shown.check.title["en"],
            subject_kind=shown.subject[0].value,
            subject=name(shown.subject),
            place=shown.place,
            before=old.status.value if old else None,
            after=new.status.value if new else None,
        )


def _turn(one: Difference) -> str:
    if one.before is None:
        return "appear"
    return "vanish" if one.after is None else "turn"
