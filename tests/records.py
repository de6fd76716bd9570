"""A small register of companies in whose records nothing is missing."""

from datetime import date

from inventory.law.vocabulary import Declared, EntityRole
from inventory.models import (
    Activity,
    ActivityEntity,
    Contact,
    Contract,
    Dataset,
    Disclosure,
    Field,
    FieldUse,
    ImpactAssessment,
    Justification,
    LegalBasis,
    LegalEntity,
    Organisation,
    Party,
    Purpose,
    RetentionPeriod,
    Safeguard,
    System,
    SystemLocation,
    Transfer,
)

AS_OF = date(2026, 11, 24)
COMPLETE = Declared.COMPLETE


def company(
    organisation: Organisation, key: str, name: str, country: str, address: str
) -> LegalEntity:
    own = {"organisation": organisation}
    contact = Contact.objects.create(**own, name="Léa Marchand", email="contact@mare.example")
    dpo = Contact.objects.create(
        **own, name="Inês Duarte", email="dpo@mare.example", phone="+33 2 40 00 00 00"
    )
    return LegalEntity.objects.create(
        **own, key=key, name=name, country=country, address=address, contact=contact, dpo=dpo,
        dpo_appointed=True, representatives_state=Declared.NONE, safeguards_state=COMPLETE,
    )  # fmt: skip


def recruitment(
    entity: LegalEntity, *, key: str = "hr.recruit", name: str = "Recrutement", regime: str = "gdpr"
) -> Activity:
    """An activity with one purpose, one dataset of two fields, a processor and a transfer."""
    own = {"organisation": entity.organisation}
    activity = Activity.objects.create(
        **own, key=key, name=name, entities_state=COMPLETE, subject_categories=["applicants"],
        subject_categories_state=COMPLETE, safeguards_state=COMPLETE,
        reviewed_on=date(2026, 11, 18),
    )  # fmt: skip
    ActivityEntity.objects.create(
        **own, activity=activity, entity=entity, role=EntityRole.CONTROLLER
    )
    purpose = Purpose.objects.create(
        **own, key=f"{key}.choose", name="Choisir un candidat", activity=activity,
        text="Évaluer les candidatures reçues pour un poste ouvert.", automated_decision=False,
        bases_state=COMPLETE, retention_state=COMPLETE, disclosures_state=COMPLETE,
        assessments_state=COMPLETE,
    )  # fmt: skip
    code = {"gdpr": "gdpr.6.1.b", "lgpd": "lgpd.7.V"}[regime]
    LegalBasis.objects.create(
        **own, purpose=purpose, regime=regime, data_class="ordinary", code=code
    )
    RetentionPeriod.objects.create(
        **own, purpose=purpose, record_class="applicant_file", period="P2Y",
        start_event="le dernier contact", authority="guidance", disposal="erase",
        law_reference="CNIL, guide du recrutement, 2023",
    )  # fmt: skip
    ImpactAssessment.objects.create(**own, kind="dpia", purpose=purpose, done_on=date(2025, 6, 2))
    _storage(entity, activity, purpose, regime)
    return activity


def _storage(entity: LegalEntity, activity: Activity, purpose: Purpose, regime: str) -> None:
    own = {"organisation": entity.organisation}
    talentis = Party.objects.create(
        **own, key=f"{purpose.key}.t", name="Talentis SARL", country="FR"
    )
    Contract.objects.create(**own, party=talentis, title="Hébergement", signed_on=date(2025, 1, 12))
    Disclosure.objects.create(
        **own, purpose=purpose, party=talentis, role="processor", what_for="hébergement du site"
    )
    system = System.objects.create(
        **own, key=f"{purpose.key}.db", name="Base RH", kind="database", encrypted_at_rest=True,
        encrypted_in_transit=True, access_controlled=True, access_logged=True, backed_up=True,
        access_policy="accès nominatif restreint à 14 personnes", safeguards_state=COMPLETE,
        backup_cycle="sauvegarde quotidienne", locations_state=COMPLETE,
    )  # fmt: skip
    SystemLocation.objects.create(**own, system=system, role="primary", country="US")
    code = {"gdpr": "gdpr.46.2.c", "lgpd": "lgpd.33.II.b"}[regime]
    for way, country in ({"system": system}, "US"), ({"party": talentis}, "FR"):
        if country not in {"gdpr": ["FR"], "lgpd": ["BR"]}[regime]:
            Transfer.objects.create(
                **own, entity=entity, destination=country, mechanism=code,
                instrument_on=date(2025, 1, 12), **way,
            )  # fmt: skip
    Safeguard.objects.create(
        **own, activity=activity, kind="training", description="Formation annuelle"
    )
    _data(entity, purpose, system)


def _data(entity: LegalEntity, purpose: Purpose, system: System) -> None:
    own = {"organisation": entity.organisation}
    dataset = Dataset.objects.create(
        **own, key=f"{purpose.key}.files", name="Candidatures", kind="user", entity=entity,
        system=system, subject_categories=["applicants"], subject_categories_state=COMPLETE,
        collected_in=[entity.country], collected_in_state=COMPLETE, record_class="applicant_file",
    )  # fmt: skip
    why = Justification.objects.create(
        **own, purpose=purpose, text="Répondre au candidat et le convoquer.", language="fr",
        state="approved",
    )  # fmt: skip
    for name, category in (("nom", "name"), ("courriel", "email")):
        field = Field.objects.create(
            **own, dataset=dataset, name=name, category=category, identifiability="direct"
        )
        FieldUse.objects.create(**own, field=field, purpose=purpose, justification=why)
