"""What is stored. Constraints and querysets, no workflow.

Every name below is a table; the words are those of the design, the grain is theirs too.
"""

from inventory.models.accountability import (
    Database,
    DatabaseCount,
    DatabaseDataset,
    Evidence,
    Filing,
    ImpactAssessment,
    Notice,
    NoticePurpose,
    Review,
)
from inventory.models.activities import (
    Activity,
    ActivityEntity,
    FieldUse,
    Justification,
    LegalBasis,
    Purpose,
    RetentionPeriod,
)
from inventory.models.counsel import HouseRule, Ruling
from inventory.models.datasets import Dataset, DatasetCountry, Field, Lineage, RegimeExclusion
from inventory.models.entities import (
    Contract,
    Disclosure,
    LegalEntity,
    Party,
    Representative,
    Transfer,
)
from inventory.models.evaluations import (
    Evaluation,
    Finding,
    FindingTransition,
    Judgement,
    LawBundle,
    Report,
    Standing,
    TaskRun,
    Waiver,
)
from inventory.models.organisations import (
    ApiToken,
    Invitation,
    Membership,
    MembershipEntity,
    Organisation,
    Tenant,
)
from inventory.models.people import Contact, User
from inventory.models.systems import Safeguard, System, SystemLocation

__all__ = [
    "Activity",
    "ActivityEntity",
    "ApiToken",
    "Contact",
    "Contract",
    "Database",
    "DatabaseCount",
    "DatabaseDataset",
    "Dataset",
    "DatasetCountry",
    "Disclosure",
    "Evaluation",
    "Evidence",
    "Field",
    "FieldUse",
    "Filing",
    "Finding",
    "FindingTransition",
    "HouseRule",
    "ImpactAssessment",
    "Invitation",
    "Judgement",
    "Justification",
    "LawBundle",
    "LegalBasis",
    "LegalEntity",
    "Lineage",
    "Membership",
    "MembershipEntity",
    "Notice",
    "NoticePurpose",
    "Organisation",
    "Party",
    "Purpose",
    "RegimeExclusion",
    "Report",
    "Representative",
    "RetentionPeriod",
    "Review",
    "Ruling",
    "Safeguard",
    "Standing",
    "System",
    "SystemLocation",
    "TaskRun",
    "Tenant",
    "Transfer",
    "User",
    "Waiver",
]
