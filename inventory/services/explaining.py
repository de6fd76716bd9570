"""Every verdict on one thing, explained on demand: what is met and what does not arise too.

Only findings are stored; the rest is judged again from the present facts when somebody asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from inventory.law.shapes import Check
from inventory.law.vocabulary import Status, SubjectKind
from inventory.rules.evaluate import verdicts
from inventory.rules.explain import Explanation, explain
from inventory.rules.facts import Facts, SubjectId
from inventory.services.access import fetch
from inventory.services.actors import Actor
from inventory.services.errors import Invalid
from inventory.services.gather import gather
from inventory.services.law import law_of
from inventory.services.neighbourhood import MODELS, bearer_of
from inventory.services.verdicts import names_of

NOT_EVALUATED = "not_evaluated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One verdict in words. `status` None: it was not evaluated."""

    check: Check
    subject: str
    place: str
    status: Status | None
    explanation: Explanation
    until: date | None  # the first day on which time alone may change it

    @property
    def word(self) -> str:
        return self.status.value if self.status else NOT_EVALUATED


def tell(actor: Actor, kind: str, key: str, *, as_of: date) -> tuple[Any, list[Told]]:
    """The thing, and every verdict on it and on the border crossings derived from it.

    Raises NotFound, and Invalid for a kind that nothing of the register has.
    """
    known = {model.value: model for model in MODELS}
    if kind not in known:
        raise Invalid({"kind": f"Say one of {', '.join(sorted(known))}."})
    model: Any = MODELS[known[kind]]
    row: Any = fetch(actor, model, key=key)
    subject = (known[kind], str(row.pk))
    facts = gather(actor.organisation, [subject], as_of=as_of)
    name = names_of(facts)
    law, judged = law_of(actor.organisation), _with_crossings(subject, facts)
    return row, [
        Told(
            check=one.check,
            subject=name(one.subject),
            place=one.place,
            status=one.status,
            explanation=explain(one.check, one.answer, one.status),
            until=one.answer.until,
        )
        for one in verdicts(facts, law, as_of, only=judged)
    ]


def narrow(found: Iterable[Told], **asked: str) -> list[Told]:
    """Those in a `place`, of a `status`, of a `check`; what is empty does not narrow."""
    return [one for one in found if _is_asked(one, asked)]


def _with_crossings(subject: SubjectId, facts: Facts) -> frozenset[SubjectId]:
    crossings = {
        (SubjectKind.TRANSFER, key) for key in facts.transfers if bearer_of(key) == subject
    }
    return frozenset({subject} | crossings)


def _is_asked(one: Told, asked: dict[str, str]) -> bool:
    own = {"place": one.place, "status": one.word, "check": one.check.id}
    return all(own.get(name) == value for name, value in asked.items() if value)
