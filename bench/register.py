"""A made-up register of any size, the same for the same seed: for measuring and for properties."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from inventory.law.vocabulary import (
    AssessmentKind,
    DataClass,
    DatasetKind,
    Declared,
    EntityRole,
    FilingKind,
    Identifiability,
    JustificationState,
    LocationRole,
    PartyRole,
    RetentionAuthority,
    SafeguardKind,
    SystemKind,
)
from inventory.rules.facts import (
    ActivityFacts,
    Assessment,
    BasisFacts,
    Collection,
    ContractFacts,
    DatabaseFacts,
    DatasetFacts,
    DisclosureFacts,
    EntityFacts,
    EntityInActivity,
    Facts,
    FieldFacts,
    FilingFacts,
    Location,
    PartyFacts,
    PurposeFacts,
    RetentionFacts,
    Safeguard,
    SubjectCountry,
    SystemFacts,
    TransferFacts,
)

COUNTRIES = ("DE", "FR", "BR", "AR", "IL")
CATEGORIES = (
    "name", "email", "phone", "postal_address", "date_of_birth", "ip_address", "health", "salary",
    "purchase_history", "location", "free_text", "technical", "technical", None, "criminal_record",
)  # fmt: skip
RECORD_CLASSES = ("invoice", "prospect", "employee_file", "access_log", "order", "cctv", None)
BASES = (
    ("gdpr", DataClass.ORDINARY, "gdpr.6.1.b"),
    ("gdpr", DataClass.ORDINARY, "gdpr.6.1.f"),
    ("gdpr", DataClass.SPECIAL, "gdpr.9.2.a"),
    ("lgpd", DataClass.ORDINARY, "lgpd.7.V"),
    ("lgpd", DataClass.SPECIAL, "lgpd.11.I"),
    ("pdp", DataClass.ORDINARY, "pdp.5.1"),
    ("ppa", DataClass.ORDINARY, "il.consent"),
)
MECHANISMS = ("gdpr.46.2.c", "lgpd.33.II.b", "pdp.model.services", "il.transfer.2.4", "none", None)
PER_PURPOSE = 4  # datasets
STATES = (Declared.COMPLETE, Declared.COMPLETE, Declared.NOT_ASKED)


def make_register(
    datasets: int, *, fields: int = 20, seed: int = 1, together: int = PER_PURPOSE
) -> Facts:
    """So many datasets, and for every few `together` a system, a purpose, an activity, a party, a
    transfer and a database."""
    return Maker(Random(seed)).make(datasets, fields, max(1, datasets // together))


class Maker:
    def __init__(self, random: Random) -> None:
        self.random = random

    def make(self, datasets: int, fields: int, groups: int) -> Facts:
        entities = [self.entity(i, country) for i, country in enumerate(COUNTRIES)]
        made = [self.dataset(i, fields, groups) for i in range(datasets)]
        purposes = [self.purpose(i, made) for i in range(groups)]
        facts = {
            "entities": entities,
            "systems": [self.system(i) for i in range(groups)],
            "datasets": made,
            "purposes": purposes,
            "activities": [self.activity(i) for i in range(groups)],
            "parties": [self.party(i) for i in range(groups)],
            "transfers": [self.transfer(i, datasets) for i in range(groups)],
            "databases": [self.database(i, made) for i in range(groups)],
        }
        return Facts(**{holder: {one.id: one for one in held} for holder, held in facts.items()})

    def known(self) -> bool | None:
        return self.random.choice((True, True, True, False, None))

    def day(self) -> date | None:
        past = date(2026, 11, 24) - timedelta(days=self.random.randrange(1200))
        return self.random.choice((past, past, past + timedelta(days=900), None))

    def collect[T](self, *items: T) -> Collection[T]:
        kept = items if self.random.random() < 0.9 else ()
        return Collection(kept, self.random.choice(STATES if kept else tuple(Declared)))

    def entity(self, index: int, country: str) -> EntityFacts:
        named = EntityFacts(
            id=f"e{index}", key=f"e{index}", name=f"Entity {index}", country=country
        )
        flags = ("contact", "public_body", "data_trader", "small_agent", "dpo_appointed",
                 "dpo_published", "core_monitoring", "core_special_data",
                 "research_body")  # fmt: skip
        done = Safeguard(kind=self.random.choice(tuple(SafeguardKind)), last_done=self.day())
        return replace(
            named, safeguards=self.collect(done), **{flag: self.known() for flag in flags}
        )

    def system(self, index: int) -> SystemFacts:
        places = [Location(role=LocationRole.PRIMARY, country=self.random.choice(COUNTRIES))]
        return SystemFacts(
            id=f"s{index}",
            key=f"s{index}",
            name=f"System {index}",
            kind=SystemKind.DATABASE,
            provider=f"x{index}",
            encrypted_at_rest=self.known(),
            encrypted_in_transit=self.known(),
            access_controlled=self.known(),
            access_logged=self.known(),
            access_log_months=self.random.choice((6, 24, 36, None)),
            locations=self.collect(*places),
        )

    def dataset(self, index: int, fields: int, groups: int) -> DatasetFacts:
        purpose = f"p{index % groups}"
        people = [
            SubjectCountry(country=one, offered=self.known(), monitored=self.known())
            for one in COUNTRIES
        ]
        return DatasetFacts(
            id=f"d{index}",
            key=f"d{index}",
            name=f"Dataset {index}",
            kind=DatasetKind.USER,
            entity=f"e{index % len(COUNTRIES)}",
            system=f"s{index % groups}",
            fields=tuple(self.field(number, purpose) for number in range(fields)),
            subject_categories=self.collect("customers"),
            subject_countries=self.collect(*people),
            collected_in=self.collect(*COUNTRIES[:2]),
            origins=self.collect("FR"),
            persons=self.random.choice((100, 20000, 300000, None)),
            record_class=self.random.choice(RECORD_CLASSES),
            has_disposal_job=self.known(),
            oldest_record=self.day(),
            reviewed_on=self.day(),
            legal_hold=self.random.choice((False, False, True, None)),
            sources=Collection((), self.random.choice(tuple(Declared))),
        )

    def field(self, number: int, purpose: str) -> FieldFacts:
        used = (purpose,) if self.random.random() < 0.9 else ()
        state = self.random.choice((*[JustificationState.APPROVED] * 20, JustificationState.DRAFT))
        return FieldFacts(
            name=f"f{number}",
            category=self.random.choice(CATEGORIES),
            identifiability=self.random.choice((*[Identifiability.DIRECT] * 9, None)),
            mandatory=self.known(),
            purposes=used,
            justifications=dict.fromkeys(used, state),
        )

    def purpose(self, index: int, made: list[DatasetFacts]) -> PurposeFacts:
        flags = ("automated_decision", "human_review", "profiling", "direct_marketing", "opt_out",
                 "child_service")  # fmt: skip
        key = f"p{index}"
        named = PurposeFacts(
            id=key, key=key, name=f"Purpose {index}", text="Deliver what was bought"
        )
        return replace(
            named,
            activity=f"a{index}",
            youngest_age=self.random.choice((12, 14, 18, None)),
            bases=self.collect(*(self.basis(*one) for one in BASES if self.random.random() < 0.7)),
            retention=self.collect(self.retention()),
            disclosures=self.collect(self.disclosure(index)),
            assessments=self.collect(
                Assessment(kind=self.random.choice(tuple(AssessmentKind)), done_on=self.day())
            ),
            datasets=tuple(one.id for one in made if any(key in f.purposes for f in one.fields)),
            **{flag: self.known() for flag in flags},
        )

    def basis(self, regime: str, data_class: DataClass, code: str) -> BasisFacts:
        return BasisFacts(
            regime=regime,
            data_class=data_class,
            code=code,
            law_reference=self.random.choice(("Act, s. 5", "", None)),
            consent_record=self.known(),
            consent_explicit=self.known(),
            withdrawal_as_easy=self.known(),
            parental_consent=self.known(),
            balancing_test_on=self.day(),
            best_interest=self.known(),
        )

    def retention(self) -> RetentionFacts:
        return RetentionFacts(
            record_class=None,
            country=None,
            months=self.random.choice((3, 36, 120, None)),
            days=0,
            criteria=None,
            start_event="last use",
            authority=RetentionAuthority.PURPOSE,
        )

    def disclosure(self, index: int) -> DisclosureFacts:
        role = self.random.choice((PartyRole.PROCESSOR, PartyRole.CONTROLLER))
        return DisclosureFacts(party=f"x{index}", role=role, consent=self.known())

    def activity(self, index: int) -> ActivityFacts:
        member = EntityInActivity(entity=f"e{index % len(COUNTRIES)}", role=EntityRole.CONTROLLER)
        return ActivityFacts(
            id=f"a{index}",
            key=f"a{index}",
            name=f"Activity {index}",
            entities=self.collect(member),
            subject_categories=self.collect(self.random.choice(("customers", "children"))),
            safeguards=self.collect(Safeguard(kind=SafeguardKind.LOGGING)),
            purposes=(f"p{index}",),
        )

    def party(self, index: int) -> PartyFacts:
        contract = ContractFacts(
            signed_on=self.day(),
            ends_on=self.day(),
            written=self.known(),
            terms=self.collect("28.3.a", "28.3.b", "25.purpose"),
        )
        return PartyFacts(
            id=f"x{index}",
            key=f"x{index}",
            name=f"Party {index}",
            country=self.random.choice(("US", "FR", "IN", None)),
            roles=(self.random.choice(tuple(PartyRole)),),
            certifications=self.collect("dpf"),
            contracts=self.collect(contract),
        )

    def transfer(self, index: int, datasets: int) -> TransferFacts:
        return TransferFacts(
            id=f"t{index}",
            purpose=None,
            dataset=f"d{index % datasets}",
            entity=f"e{index % len(COUNTRIES)}",
            origin=COUNTRIES[index % len(COUNTRIES)],
            destination=self.random.choice(("US", "IN", "BR", "IL", "CH", "FR")),
            party=f"x{index}",
            mechanism=self.random.choice(MECHANISMS),
            instrument_on=self.day(),
            unmodified=self.known(),
            undertaking=self.known(),
            published=self.known(),
            repeated=self.known(),
            assessment_on=self.day(),
        )

    def database(self, index: int, made: list[DatasetFacts]) -> DatabaseFacts:
        filings = [
            FilingFacts(kind=kind, regime=regime, filed_on=self.day())
            for kind in FilingKind
            for regime in ("pdp", "ppa")
            if self.random.random() < 0.4
        ]
        return DatabaseFacts(
            id=f"b{index}",
            key=f"b{index}",
            name=f"Database {index}",
            entity=f"e{index % len(COUNTRIES)}",
            purpose_text=self.random.choice(("Sales", "", None)),
            persons=self.random.choice((100, 20000, 300000, None)),
            authorised_users=self.random.choice((3, 40, 200, None)),
            trades_in_data=self.known(),
            manager_named=self.known(),
            risks=self.random.choice(("Theft", "", None)),
            access_means=self.known(),
            filings=self.collect(*filings),
            datasets=(made[index % len(made)].id,),
        )
