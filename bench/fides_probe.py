"""Run by the Python of an environment that holds ethyca-fides: reads systems as JSON, asks Fides'
own evaluator one rule, and says how long that took. Nothing of Grounds is imported here."""

import json
import sys
import time
from typing import Any

from fides.core.evaluate import execute_evaluation
from fideslang.default_taxonomy import DEFAULT_TAXONOMY
from fideslang.models import (
    Dataset,
    DatasetCollection,
    DatasetField,
    Policy,
    PolicyRule,
    PrivacyDeclaration,
    PrivacyRule,
    System,
    Taxonomy,
)

RULE = {
    "data_categories": ["user.health_and_medical", "user.financial"],
    "data_uses": ["essential"],
    "data_subjects": ["customer"],
}


def main() -> None:
    given = json.load(sys.stdin)
    known = {category.fides_key for category in DEFAULT_TAXONOMY.data_category}
    taxonomy = make_taxonomy(given, known)
    begun = time.process_time()
    found = execute_evaluation(taxonomy)
    took = time.process_time() - begun
    print(json.dumps({"seconds": took, "violations": len(found.violations)}))


def make_taxonomy(given: list[dict[str, Any]], known: set[str]) -> Taxonomy:
    """One system a dataset, as Fides' own examples have it, with one declaration."""
    parts = {name: getattr(DEFAULT_TAXONOMY, name) for name in type(DEFAULT_TAXONOMY).model_fields}
    parts["dataset"] = [make_dataset(one, known) for one in given]
    parts["system"] = [make_system(one) for one in given]
    parts["policy"] = [make_policy()]
    return Taxonomy(**parts)


def make_dataset(given: dict[str, Any], known: set[str]) -> Dataset:
    fields = [
        DatasetField(name=name, data_categories=[category if category in known else "user"])
        for name, category in given["fields"]
    ]
    rows = DatasetCollection(name="rows", fields=fields)
    return Dataset(fides_key=given["key"], name=given["name"], collections=[rows])


def make_system(given: dict[str, Any]) -> System:
    declaration = PrivacyDeclaration(
        name="service",
        data_categories=["user"],
        data_use="essential.service",
        data_subjects=["customer"],
        dataset_references=[given["key"]],
    )
    return System(
        fides_key=f"system_{given['key']}",
        system_type="Service",
        privacy_declarations=[declaration],
    )


def make_policy() -> Policy:
    asked = {name: PrivacyRule(matches="ANY", values=values) for name, values in RULE.items()}
    return Policy(fides_key="policy", rules=[PolicyRule(name="rule", **asked)])


if __name__ == "__main__":
    main()
