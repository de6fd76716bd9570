"""Which regimes govern which subject; the triggers are shown by `fixtures/cases/*/scope.toml`."""

import tomllib
from datetime import date

from inventory.law.load import load_law
from inventory.law.vocabulary import SubjectKind
from inventory.rules.examples import build_facts, overlay
from inventory.rules.findings import Application
from inventory.rules.scope import applications
from tests.rules.test_cases import CASES

LAW = load_law()
AS_OF = date(2026, 11, 24)
BASE = tomllib.loads((CASES / "base.toml").read_text())
FRANCE = overlay(BASE, tomllib.loads((CASES / "gdpr" / "base.toml").read_text()))


def ask(kind: SubjectKind, special: dict, regime: str = "gdpr") -> Application | None:
    facts = build_facts(overlay(FRANCE, special))
    found = applications((kind, kind.value), facts, LAW, as_of=AS_OF)
    return next((one for one in found if one.regime == regime), None)


def test_the_reason_names_the_trigger_and_its_citation() -> None:
    found = ask(SubjectKind.DATASET, {})

    assert found.applies
    assert found.reasons[0] == "an entity established in FR takes part (GDPR Art. 3(1))"


def test_what_happens_to_data_is_governed_by_what_governs_the_data_or_else_the_entity() -> None:
    brazil = {"entity": {"country": "BR"}, "dataset": {"subject_countries": [{"country": "FR"}]}}

    for kind in (SubjectKind.REQUEST, SubjectKind.INCIDENT):
        alone = {**brazil, "dataset": {"collected_in": "none", "subject_countries": "none"}}
        assert ask(kind, brazil).applies
        assert ask(kind, {**alone, kind.value: {"datasets": []}}) is None


def test_countries_are_those_of_entities_and_people_within_the_regime() -> None:
    people = [{"country": "FR"}, {"country": "DE"}, {"country": "BR"}]

    assert ask(SubjectKind.DATASET, {"dataset": {"subject_countries": people}}).countries == (
        "DE",
        "FR",
    )


def test_what_holds_a_governed_dataset_is_governed_too() -> None:
    abroad = {"entity": {"country": "US"}}

    for kind in SubjectKind:
        if kind not in (SubjectKind.REQUEST, SubjectKind.INCIDENT):
            assert ask(kind, abroad).applies, kind


def test_nothing_is_governed_where_no_field_speaks_of_a_person() -> None:
    technical = {"field": {"category": "technical"}}

    for kind in (SubjectKind.DATASET, SubjectKind.SYSTEM, SubjectKind.PURPOSE):
        assert ask(kind, technical) is None, kind


def test_a_policy_governs_whatever_its_checks_judge_wherever_it_is() -> None:
    nowhere = {"entity": {"country": "KE"}, "field": {"category": "technical"}}

    for kind in SubjectKind:
        governed = ask(kind, nowhere, "house")
        if kind in (SubjectKind.DATASET, SubjectKind.SYSTEM):
            assert governed.applies
            assert governed.countries == ()
            assert governed.reasons == ("it governs whatever it asks about (House policy § 1)",)
        else:
            assert governed is None, kind


def test_a_policy_governs_an_empty_system_and_no_system_that_is_not_there() -> None:
    empty = {"dataset": {"system": "elsewhere"}}

    assert ask(SubjectKind.SYSTEM, empty, "house").applies
    assert ask(SubjectKind.SYSTEM, {**empty, "system": {"id": "elsewhere"}}, "house") is None


def test_a_policy_governs_nothing_before_its_first_day() -> None:
    dataset = (SubjectKind.DATASET, "dataset")
    eve = date(2025, 12, 31)

    found = applications(dataset, build_facts(FRANCE), LAW, as_of=eve)
    assert [one.regime for one in found] == ["gdpr"]


def test_an_exclusion_takes_a_dataset_out_of_a_policy_too() -> None:
    excluded = {"dataset": {"exclusions": [{"regime": "house", "reason": "sold"}]}}

    assert ask(SubjectKind.DATASET, excluded, "house").applies is False
    assert ask(SubjectKind.DATASET, excluded).applies


def test_an_excluded_dataset_says_why() -> None:
    excluded = {"dataset": {"exclusions": [{"regime": "gdpr", "reason": "household use"}]}}

    assert ask(SubjectKind.DATASET, excluded).reasons == ("Excluded: household use",)


def test_a_purpose_without_datasets_is_governed_through_its_entities() -> None:
    assert ask(SubjectKind.PURPOSE, {"purpose": {"datasets": []}}).applies
    nobody = {"purpose": {"datasets": []}, "activity": {"entities": "not asked"}}
    assert ask(SubjectKind.PURPOSE, nobody).applies is None


def test_a_transfer_is_governed_only_where_data_leaves_the_regime() -> None:
    assert ask(SubjectKind.TRANSFER, {}).applies
    assert ask(SubjectKind.TRANSFER, {"transfer": {"destination": "DE"}}) is None
    assert ask(SubjectKind.TRANSFER, {}, "lgpd") is None


def test_a_subject_that_is_not_in_the_facts_is_not_governed() -> None:
    facts = build_facts(FRANCE)

    for kind in SubjectKind:
        if kind not in (SubjectKind.REQUEST, SubjectKind.INCIDENT):
            assert applications((kind, "no such"), facts, LAW, as_of=AS_OF) == ()


def test_a_database_is_under_its_entitys_law_and_a_shared_dataset_brings_no_other() -> None:
    people = [{"country": "FR", "offered": True}]
    argentine = {"entity": {"country": "AR"}, "dataset": {"subject_countries": people}}

    assert ask(SubjectKind.DATASET, argentine, "gdpr").applies
    assert ask(SubjectKind.DATABASE, argentine, "pdp").applies
    assert ask(SubjectKind.DATABASE, argentine, "gdpr") is None
