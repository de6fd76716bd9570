"""What is asked of a subject, in which places, and what the answers mean: worked out once for all
subjects of a kind that the same regimes govern in the same countries."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, NamedTuple

from inventory.law.shapes import Check
from inventory.law.vocabulary import Level, Severity, Status, SubjectKind
from inventory.rules import conditions as conditions  # lists all conditions
from inventory.rules.asking import Anywhere, Case, Question, find_condition
from inventory.rules.facts import Known, SubjectId
from inventory.rules.findings import Answer, Application, Place
from inventory.rules.scope import Scope

FAULTY = {
    Severity.BLOCKER: Status.BREACH,
    Severity.MAJOR: Status.BREACH,
    Severity.MINOR: Status.ATTENTION,
    Severity.ADVICE: Status.ATTENTION,
}
COUNTED = {Status.MET: 0, Status.NOT_APPLICABLE: 1, None: 2}  # what leaves no row, in a tally
NOWHERE = (None,)  # the regime decides, no country
NOT_HELD = Answer(fault=None, applicable=None, note="the register holds no such thing yet")

type Outcome = tuple[Status | None, int | None]  # and where a tally counts it; None: a row
type Judged = tuple[Check, Place, Outcome, Answer]


class Step(NamedTuple):
    """A check made ready to be asked in one place."""

    check: Check
    place: Place
    ask: Callable[[Any, Case], Answer]
    case: Case
    outcomes: dict[Known, Outcome]  # of a plain answer


class Programme(NamedTuple):
    """The steps, and by place the checks that wait until it is known whether a regime applies."""

    steps: tuple[Step, ...]
    waiting: dict[Place, tuple[Check, ...]]

    def run(self, facts: Any) -> Iterator[Judged]:
        """Ask everything of one subject."""
        for check, place, ask, case, outcomes in self.steps:
            answer = ask(facts, case)
            if answer.applicable and not answer.guidance:
                yield check, place, outcomes[answer.fault], answer
            else:
                yield check, place, _weigh(check, answer), answer


class Plan(NamedTuple):
    """A check before it is known where it is asked: per country, or where its regime decides."""

    check: Check
    question: Question
    per_country: bool
    unsure: bool  # asked even where the regime only may apply
    outcomes: dict[Known, Outcome]
    given: Mapping[str, Any]


class Programmes:
    """The programmes of one register on one day."""

    def __init__(self, scope: Scope, held: Mapping[SubjectKind, object]) -> None:
        self.scope = scope
        self.register = scope.register
        self._plans: dict[tuple[str, SubjectKind], list[Plan]] = {}
        self._questions: dict[Hashable, Question] = {}
        self._made: dict[Hashable, Programme] = {}
        law = self.register.law
        for code in law.regimes:
            for check in law.checks(code, self.register.as_of):
                self._plan(check, waits=held[check.subject] is None)

    def of(self, subject: SubjectId) -> Programme:
        """All checks of all regimes that govern the subject, or may."""
        kind = subject[0]
        there = [one for one in self.scope.judged(subject).values() if one.applies is not False]
        key = (kind, *[(one.regime, one.applies, one.countries) for one in there])
        if key not in self._made:
            self._made[key] = self._make(kind, there)
        return self._made[key]

    def _plan(self, check: Check, *, waits: bool) -> None:
        """Where the register holds no such subjects, each entity counts it as not evaluated."""
        condition = find_condition(check)
        given = condition.bind(check)
        plan = Plan(
            check,
            Question(_wait) if waits else self._question(condition.name, condition.ask, given),
            check.level is Level.COUNTRY and not waits,
            condition.unsure,
            {fault: _weigh(check, Answer(fault=fault)) for fault in (True, False, None)},
            given,
        )
        kind = SubjectKind.ENTITY if waits else check.subject
        self._plans.setdefault((check.regime, kind), []).append(plan)

    def _question(
        self, name: str, ask: Callable[[Any, Case], Answer], given: Mapping[str, Any]
    ) -> Question:
        """One for all checks that ask the same."""
        key = (name, tuple(given.items()))
        if key not in self._questions:
            self._questions[key] = Question(ask, Anywhere(self.register, given))
        return self._questions[key]

    def _make(self, kind: SubjectKind, there: list[Application]) -> Programme:
        steps: list[Step] = []
        waiting: dict[Place, tuple[Check, ...]] = {}
        for one in there:
            for plan in self._plans.get((one.regime, kind), ()):
                for country in one.countries if plan.per_country else NOWHERE:
                    place = country or one.regime
                    if one.applies or plan.unsure:
                        steps.append(self._step(plan, country))
                    else:
                        waiting[place] = (*waiting.get(place, ()), plan.check)
        return Programme(tuple(steps), waiting)

    def _step(self, plan: Plan, country: str | None) -> Step:
        regime = self.register.law.regimes[plan.check.regime]
        case = Case(self.register, self.scope, regime, country, plan.given)
        return Step(plan.check, country or regime.code, plan.question.ask, case, plan.outcomes)


def decide(check: Check, answer: Answer) -> Status | None:
    """What an answer means for a check of this severity and mark; None: not evaluated."""
    if answer.applicable is None:
        return None
    if answer.applicable is False:
        return Status.NOT_APPLICABLE
    if answer.fault is None:
        return Status.UNKNOWN
    doubtful = answer.guidance or check.doubtful
    if not answer.fault:
        return None if doubtful else Status.MET
    return Status.ATTENTION if doubtful or check.risk else FAULTY[check.severity]


def _weigh(check: Check, answer: Answer) -> Outcome:
    status = decide(check, answer)
    return status, COUNTED.get(status)


def _wait(subject: Any, case: Case) -> Answer:
    return NOT_HELD
