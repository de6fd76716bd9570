"""From facts to values: every item filled, and every fact that is missing printed as missing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Model

from inventory.law.bundle import Law
from inventory.law.vocabulary import Declared, Mark
from inventory.models import (
    Activity,
    Contact,
    Dataset,
    Disclosure,
    Field,
    FieldUse,
    Justification,
    LegalBasis,
    LegalEntity,
    Party,
    Purpose,
    RetentionPeriod,
    Safeguard,
    System,
    SystemLocation,
    Transfer,
)
from inventory.reports.collect import collect
from inventory.reports.compose import compose
from inventory.reports.record import Bullets, Gap, Item, Line, Paragraph, Record, Table
from inventory.reports.rows import Live
from inventory.reports.texts import languages, wording
from tests.records import AS_OF

NOT_ASKED = Declared.NOT_ASKED


def record(entity: LegalEntity, law: Law, *, regime: str = "gdpr", language: str = "en") -> Record:
    facts = collect(entity, regime, as_of=AS_OF, law=law, rows=Live(entity.organisation))
    return compose(facts, law=law, wording=wording(language))


def item(shown: Record, code: str) -> Item:
    everything = (*shown.front, *(i for section in shown.sections for i in section.items))
    return next(found for found in everything if found.code == code)


def plain(line: Line) -> str:
    return "".join(span.text for span in line)


def text(found: Item) -> str:
    parts: list[str] = []
    for block in found.blocks:
        if isinstance(block, Paragraph | Gap):
            parts.append(plain(block.line))
        elif isinstance(block, Bullets):
            parts += [plain(line) for line in block.lines]
        elif isinstance(block, Table):
            parts += [plain(p.line) for row in block.rows for cell in row for p in cell]
    return " | ".join(parts)


@pytest.mark.parametrize("language", languages())
def test_a_complete_register_makes_a_record_without_gaps(
    french: LegalEntity, law: Law, language: str
) -> None:
    assert record(french, law, language=language).gaps == ()


def test_a_complete_brazilian_register_makes_a_record_without_gaps(
    brazilian: LegalEntity, law: Law
) -> None:
    shown = record(brazilian, law, regime="lgpd", language="pt-BR")
    assert shown.gaps == ()
    assert "2\u00a0anos a partir de: le dernier contact" in text(item(shown, "lgpd.37.retention"))


def test_every_mandatory_item_of_the_law_has_its_place(french: LegalEntity, law: Law) -> None:
    shown = record(french, law)
    codes = {i.code for i in shown.front} | {i.code for s in shown.sections for i in s.items}
    items = law.regimes["gdpr"].record_items
    demanded = {i.code for i in items if i.layout == "gdpr.30.1" and i.mandatory}
    assert demanded <= codes


def test_each_item_tells_what_the_register_holds(french: LegalEntity, law: Law) -> None:
    shown = record(french, law, language="fr")
    for code, words in {
        "gdpr.30.1.a": ("Maré France SAS", "44000 Nantes", "Inês Duarte", "dpo@mare.example"),
        "gdpr.30.1.b": ("Choisir un candidat", "Évaluer les candidatures"),
        "gdpr.30.1.basis": ("6(1)(b)",),
        "gdpr.30.1.c.subjects": ("Candidats à un emploi",),
        "gdpr.30.1.c.data": ("Nom", "Répondre au candidat", "2\u00a0ans"),
        "gdpr.30.1.d": ("Sous-traitant", "Talentis SARL", "France", "12 janvier 2025"),
        "gdpr.30.1.e": ("États-Unis", "Base RH", "46(2)(c)"),
        "gdpr.30.1.f": ("2\u00a0ans", "le dernier contact", "puis effacement"),
        "gdpr.30.1.g": ("Chiffrement\u00a0: au repos et en transit", "Formation annuelle"),
    }.items():
        assert all(word in text(item(shown, code)) for word in words), text(item(shown, code))


MISSING: list[tuple[str, str, type[Model], dict[str, Any] | None]] = [
    ("address", "gdpr.30.1.a", LegalEntity, {"address": ""}),
    ("contact", "gdpr.30.1.a", LegalEntity, {"contact": None}),
    ("officer", "gdpr.30.1.a", LegalEntity, {"dpo": None}),
    ("officer asked", "gdpr.30.1.a", LegalEntity, {"dpo": None, "dpo_appointed": None}),
    ("erased person", "gdpr.30.1.a", Contact, {"erased_at": "2026-01-01T00:00Z", "name": ""}),
    ("purposes", "gdpr.30.1.b", Purpose, {"activity": None}),
    ("purpose's text", "gdpr.30.1.b", Purpose, {"text": ""}),
    ("basis", "gdpr.30.1.basis", LegalBasis, None),
    ("category", "gdpr.30.1.c.data", Field, {"category": None}),
    ("uses", "gdpr.30.1.c.data", FieldUse, None),
    ("approval", "gdpr.30.1.c.data", Justification, {"state": "stale"}),
    ("period of data", "gdpr.30.1.c.data", RetentionPeriod, {"record_class": "invoice"}),
    ("recipients", "gdpr.30.1.d", Purpose, {"disclosures_state": NOT_ASKED}),
    ("mechanism", "gdpr.30.1.e", Transfer, None),
    ("mechanism's name", "gdpr.30.1.e", Transfer, {"mechanism": ""}),
    ("party's country", "gdpr.30.1.e", Party, {"country": None}),
    ("dataset's system", "gdpr.30.1.e", Dataset, {"system": None}),
    ("periods", "gdpr.30.1.f", RetentionPeriod, None),
    ("length", "gdpr.30.1.f", RetentionPeriod, {"period": None}),
]


@pytest.mark.parametrize(
    ("code", "model", "values"), [row[1:] for row in MISSING], ids=[row[0] for row in MISSING]
)
def test_one_fact_changed_to_missing_is_printed_as_missing(
    french: LegalEntity,
    law: Law,
    code: str,
    model: type[Model],
    values: dict[str, Any] | None,
) -> None:
    rows = model._default_manager.all()
    if values is None:
        rows.delete()
    else:
        assert rows.update(**values) >= 1
    french.refresh_from_db()
    assert item(record(french, law), code).gaps != ()


def test_categories_of_persons_that_nobody_gave_are_a_gap(french: LegalEntity, law: Law) -> None:
    Activity.objects.update(subject_categories=[], subject_categories_state=NOT_ASKED)
    Dataset.objects.update(subject_categories=[])
    assert item(record(french, law), "gdpr.30.1.c.subjects").gaps


def test_measures_that_nobody_gave_are_a_gap_and_declared_none_is_not(
    french: LegalEntity, law: Law
) -> None:
    Safeguard.objects.all().delete()
    flags = ("encrypted_at_rest", "encrypted_in_transit", "access_controlled", "access_logged")
    System.objects.update(**dict.fromkeys(flags), backed_up=None, safeguards_state=NOT_ASKED)
    assert item(record(french, law), "gdpr.30.1.g").gaps
    for model in (System, Activity, LegalEntity):
        model._default_manager.update(safeguards_state=Declared.NONE)
    assert text(item(record(french, law), "gdpr.30.1.g")) == "None."


def test_a_place_that_nobody_gave_is_a_gap_not_a_none(french: LegalEntity, law: Law) -> None:
    SystemLocation.objects.all().delete()
    System.objects.update(locations_state=NOT_ASKED)
    assert item(record(french, law), "gdpr.30.1.e").gaps


def test_declared_none_prints_as_none_in_words(french: LegalEntity, law: Law) -> None:
    Disclosure.objects.all().delete()
    SystemLocation.objects.update(country="FR")
    shown = record(french, law)
    assert text(item(shown, "gdpr.30.1.d")).startswith("None: the data is disclosed to nobody")
    assert text(item(shown, "gdpr.30.1.e")).startswith("None: the data does not leave")


def test_an_entity_without_activities_has_a_record_that_says_so(
    french: LegalEntity, law: Law
) -> None:
    Activity.objects.update(retired_at="2026-01-01T00:00Z")
    assert [found.code for _, found, _ in record(french, law).gaps] == ["activities"]


def test_an_adequate_country_needs_no_mechanism_on_record(french: LegalEntity, law: Law) -> None:
    Transfer.objects.all().delete()
    SystemLocation.objects.update(country="CH")
    shown = item(record(french, law), "gdpr.30.1.e")
    assert (shown.gaps, "adequacy decision" in text(shown)) == ((), True)


def test_what_rests_on_an_uncertain_mark_stays_out(french: LegalEntity, law: Law) -> None:
    regime = law.regimes["gdpr"]
    doubtful = tuple(
        replace(i, mark=Mark.UNCERTAIN) if i.code == "gdpr.30.1.source" else i
        for i in regime.record_items
    )
    basis = replace(regime.bases["gdpr.6.1.b"], mark=Mark.UNCERTAIN)
    unsure = replace(
        law,
        regimes={
            **law.regimes,
            "gdpr": replace(
                regime, record_items=doubtful, bases={**regime.bases, basis.code: basis}
            ),
        },
    )
    shown = record(french, unsure)
    assert "gdpr.30.1.source" not in {i.code for i in shown.sections[0].items}
    assert "6(1)(b)" not in text(item(shown, "gdpr.30.1.basis"))
    assert item(shown, "gdpr.30.1.basis").gaps == ()


def test_special_categories_are_named_so(french: LegalEntity, law: Law) -> None:
    Field.objects.filter(name="nom").update(category="health")
    assert "(special category)" in text(item(record(french, law), "gdpr.30.1.c.data"))


def test_data_that_speaks_of_nobody_is_left_out(french: LegalEntity, law: Law) -> None:
    Field.objects.update(identifiability="anonymous")
    assert text(item(record(french, law), "gdpr.30.1.c.data")) == "No personal data."


def test_a_representative_is_asked_of_an_entity_outside_the_territory(
    brazilian: LegalEntity, law: Law, hire: Callable[..., Activity]
) -> None:
    LegalEntity.objects.update(representatives_state=NOT_ASKED)
    assert item(record(brazilian, law), "gdpr.30.1.a").gaps
    LegalEntity.objects.update(representatives_state=Declared.NONE)
    assert "Representative: None is designated." in text(
        item(record(brazilian, law), "gdpr.30.1.a")
    )


def test_a_justification_in_another_language_is_marked(french: LegalEntity, law: Law) -> None:
    table = next(
        block
        for block in item(record(french, law), "gdpr.30.1.c.data").blocks
        if isinstance(block, Table)
    )
    assert table.rows[0][1][0].line[0].language == "fr"
