"""What holds of every evaluation, whatever the facts: shown on made-up registers and on cases."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.register import make_register
from inventory.law.load import load_law
from inventory.law.shapes import Ruling
from inventory.law.vocabulary import Mark, RulingAct, Severity, Status, SubjectKind
from inventory.rules import register
from inventory.rules.evaluate import (
    check_conditions,
    decide,
    evaluate,
    subjects_of,
    verdicts,
    waiting,
)
from inventory.rules.examples import build_facts, overlay
from inventory.rules.facts import Facts
from inventory.rules.findings import Answer
from tests.rules.forgetting import count, forget, forget_one, make_up
from tests.rules.naive import OPEN, counts_of, said_of
from tests.rules.test_cases import EXAMPLES

LAW = load_law()
AS_OF = date(2026, 11, 24)
SEEDS = st.integers(min_value=0, max_value=10_000)
DAYS = st.dates(min_value=date(2018, 1, 1), max_value=date(2030, 12, 31))
BETTER_NOT = (Status.MET, Status.NOT_APPLICABLE)
CHECK = LAW.regimes["gdpr"].checks[1]

few = settings(max_examples=10, deadline=None)


def statuses(facts: Facts, as_of: date = AS_OF) -> dict:
    return {(v.check.id, v.subject, v.place): v.status for v in verdicts(facts, LAW, as_of)}


def assert_nothing_turned_well(known: Facts, less: Facts, as_of: date) -> None:
    before, after = statuses(known, as_of), statuses(less, as_of)
    both = before.keys() & after.keys()
    assert not {k for k in both if after[k] in BETTER_NOT and before[k] is not after[k]}


@few
@given(seed=SEEDS)
def test_forgetting_facts_never_turns_a_verdict_met_or_not_applicable(seed: int) -> None:
    random = Random(seed)
    known = make_up(make_register(4, fields=6, seed=seed), lambda: random.random() < 0.5)
    share = random.choice((0.02, 0.2, 0.7))

    assert_nothing_turned_well(known, forget(known, lambda: random.random() < share), AS_OF)


@few
@given(example=st.sampled_from(EXAMPLES))
def test_forgetting_any_single_fact_of_a_case_turns_nothing_met(example) -> None:
    known = build_facts(example.given)
    for index in Random(example.name).sample(range(count(known)), 6):
        assert_nothing_turned_well(known, forget_one(known, index), example.as_of)


@few
@given(seed=SEEDS, day=DAYS)
def test_verdicts_stand_until_good_until_and_no_longer_than_known(seed: int, day: date) -> None:
    facts = make_register(4, fields=4, seed=seed)
    until = evaluate(facts, LAW, day).good_until or day + timedelta(days=4000)
    between = sorted({(until - day).days - 1, (until - day).days // 2, 1} - {0})

    assert until > day
    for later in between:
        if later < (until - day).days:
            assert statuses(facts, day + timedelta(days=later)) == statuses(facts, day)


@few
@given(seed=SEEDS, day=DAYS)
def test_a_subject_stands_until_its_own_day_whatever_ends_for_others(seed: int, day: date) -> None:
    facts = make_register(4, fields=4, seed=seed)
    done = evaluate(facts, LAW, day)
    first = done.good_until or day + timedelta(days=1)
    staying = {one for one in subjects_of(facts) if done.until.get(one, date.max) > first}
    before, after = statuses(facts, day), statuses(facts, first)

    assert min(done.until.values(), default=None) == done.good_until
    assert {k: v for k, v in before.items() if k[1] in staying} == {
        k: v for k, v in after.items() if k[1] in staying
    }


@few
@given(seed=SEEDS)
def test_order_of_facts_does_not_matter(seed: int) -> None:
    facts = make_register(6, fields=4, seed=seed)
    holders = [name for name in Facts.__dataclass_fields__ if getattr(facts, name) is not None]
    turned = replace(facts, **{n: dict(reversed(getattr(facts, n).items())) for n in holders})

    assert statuses(turned) == statuses(facts)


@few
@given(seed=SEEDS, day=DAYS)
def test_a_naive_evaluator_and_the_fast_one_give_equal_verdicts(seed: int, day: date) -> None:
    random = Random(seed)
    known = make_up(make_register(4, fields=5, seed=seed), lambda: random.random() < 0.5)
    facts = forget(known, lambda: random.random() < random.choice((0, 0.2)))
    said = list(said_of(facts, LAW, day))
    found = evaluate(facts, LAW, day)

    assert {f.key: (f.status, f.answer) for f in found.findings} == {
        (one.check, one.subject, one.place): (one.status, one.answer)
        for one in said
        if one.status in OPEN
    }
    assert {
        key: (t.met, t.not_applicable, t.not_evaluated) for key, t in found.tallies.items()
    } == counts_of(iter(said))
    assert statuses(facts, day) == {(x.check, x.subject, x.place): x.status for x in said}


def test_what_is_forgotten_to_save_memory_is_worked_out_again(monkeypatch) -> None:
    facts = make_register(12, fields=5)
    whole = evaluate(facts, LAW, AS_OF)
    monkeypatch.setattr(register, "MOST", 2)

    assert evaluate(facts, LAW, AS_OF) == whole


@few
@given(seed=SEEDS)
def test_a_part_is_judged_like_the_whole(seed: int) -> None:
    facts = make_register(6, fields=4, seed=seed)
    only = frozenset(Random(seed).sample(list(subjects_of(facts)), 5))
    whole, part = evaluate(facts, LAW, AS_OF), evaluate(facts, LAW, AS_OF, only=only)

    assert {f.key: f for f in part.findings} == {
        f.key: f for f in whole.findings if f.subject in only
    }
    assert part.tallies == {k: tally for k, tally in whole.tallies.items() if k[0] in only}


@few
@given(seed=SEEDS, day=DAYS)
def test_every_finding_rests_on_law_in_force_and_keeps_its_key(seed: int, day: date) -> None:
    found = evaluate(make_register(4, fields=4, seed=seed), LAW, day).findings

    assert len({one.key for one in found}) == len(found)
    assert all(one.check.in_force(day) and one.check.citations for one in found)
    assert all(LAW.regimes[one.regime].valid_from <= day for one in found)


@few
@given(seed=SEEDS)
def test_findings_and_tallies_count_every_verdict_once(seed: int) -> None:
    facts = make_register(4, fields=4, seed=seed)
    done = evaluate(facts, LAW, AS_OF)
    counted = sum(t.met + t.not_applicable + t.not_evaluated for t in done.tallies.values())

    assert counted + len(done.findings) == len(statuses(facts))


def test_where_a_regime_only_may_apply_one_finding_says_so_and_the_rest_waits() -> None:
    base = next(one for one in EXAMPLES if one.check.startswith("E-")).given
    facts = build_facts(overlay(base, {"field": {"category": "unknown"}}))
    found = [f for f in evaluate(facts, LAW, AS_OF).findings if f.regime == "gdpr"]

    assert [(f.check.condition, f.subject[0]) for f in found if f.subject[0] == "dataset"] == [
        ("may_apply", SubjectKind.DATASET)
    ]
    assert found[0].answer.fields == ("email",)


def test_what_the_register_does_not_hold_yet_is_counted_and_never_found() -> None:
    base = next(one for one in EXAMPLES if one.check == "E-50").given
    facts = replace(build_facts(base), requests=None, incidents=None)
    entity = (SubjectKind.ENTITY, "entity")
    waits = {check.id for check in waiting(LAW, AS_OF) if check.regime == "gdpr"}
    held = [v for v in verdicts(facts, LAW, AS_OF) if v.check.id in waits]

    assert {"E-50", "E-59"} <= waits
    assert not {"E-49", "E-52"} & waits
    assert {v.check.id for v in held} == waits
    assert {(v.subject, v.status) for v in held} == {(entity, None)}
    assert evaluate(facts, LAW, AS_OF).tallies[entity, "gdpr"].not_evaluated >= len(waits)


def test_nothing_waits_for_what_the_register_holds() -> None:
    held = replace(Facts(), requests={}, incidents={})

    assert not waiting(LAW, AS_OF, held)


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        (Severity.BLOCKER, Status.BREACH),
        (Severity.MAJOR, Status.BREACH),
        (Severity.MINOR, Status.ATTENTION),
        (Severity.ADVICE, Status.ATTENTION),
    ],
)
def test_a_fault_weighs_as_its_severity_says(severity: Severity, expected: Status) -> None:
    assert decide(replace(CHECK, severity=severity), Answer(fault=True)) is expected


def test_an_uncertain_check_draws_attention_at_most_and_is_never_met() -> None:
    doubtful = replace(CHECK, mark=Mark.UNCERTAIN)

    assert decide(doubtful, Answer(fault=True)) is Status.ATTENTION
    assert decide(doubtful, Answer(fault=False)) is None


def test_counsel_stands_in_for_an_uncertain_check() -> None:
    ruling = Ruling(
        id="1", act=RulingAct.CONFIRM, reason="Read.", author="Firm", made_on=AS_OF, since=AS_OF,
        check=CHECK.id,
    )  # fmt: skip
    confirmed = replace(CHECK, mark=Mark.UNCERTAIN, severity=Severity.MAJOR, ruling=ruling)

    assert decide(confirmed, Answer(fault=True)) is Status.BREACH
    assert decide(confirmed, Answer(fault=False)) is Status.MET
    assert decide(replace(confirmed, risk=True), Answer(fault=True)) is Status.ATTENTION


def test_a_risk_draws_attention_at_most_and_can_be_met() -> None:
    risk = replace(CHECK, risk=True)

    assert decide(risk, Answer(fault=True)) is Status.ATTENTION
    assert decide(risk, Answer(fault=False)) is Status.MET


def test_guidance_draws_attention_at_most_and_is_never_met() -> None:
    assert decide(CHECK, Answer(fault=True, guidance=True)) is Status.ATTENTION
    assert decide(CHECK, Answer(fault=False, guidance=True)) is None


def test_the_law_names_only_conditions_and_parameters_there_are() -> None:
    check_conditions(LAW)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"condition": "no_such"}, "no condition is called no_such"),
        ({"subject": SubjectKind.PARTY}, "judges a purpose, not a party"),
        ({"parameters": {"colour": "red"}}, "unknown colour"),
        ({"parameters": {"vague": "one word"}}, "parameter vague"),
    ],
)
def test_a_check_that_cannot_be_asked_is_refused_with_its_id(change, complaint: str) -> None:
    gdpr = replace(LAW.regimes["gdpr"], checks=(replace(CHECK, **change),))

    with pytest.raises(ValueError, match=rf"{CHECK.id}: .*{complaint}"):
        check_conditions(replace(LAW, regimes={"gdpr": gdpr}))
