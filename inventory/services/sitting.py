"""Facts gathered once, ready to be judged row by row with the crossings derived from them."""

from datetime import date

from inventory.law.bundle import Law
from inventory.law.vocabulary import SubjectKind
from inventory.rules.evaluate import Judge
from inventory.rules.facts import Facts, SubjectId
from inventory.rules.findings import Evaluation
from inventory.rules.register import held_kinds
from inventory.services.gather_rows import grouped
from inventory.services.neighbourhood import Rows, bearer_of


class Sitting:
    """What is worked out for one row serves the others."""

    def __init__(self, facts: Facts, law: Law, as_of: date) -> None:
        self.facts = facts
        self._judge = Judge(facts, law, as_of)
        self._held = held_kinds(facts)
        self._crossings = grouped(
            (bearer_of(key), (SubjectKind.TRANSFER, key)) for key in facts.transfers
        )

    def present(self, rows: Rows) -> list[SubjectId]:
        """Those of the rows of which there are facts."""
        return [one for one in rows.subjects() if one[1] in (self._held[one[0]] or ())]

    def judge(self, rows: Rows) -> Evaluation:
        """Judge these rows and the crossings derived from them."""
        there = self.present(rows)
        crossings = [key for one in there for key in self._crossings.get(one, ())]
        return self._judge.evaluate(frozenset((*there, *crossings)))
