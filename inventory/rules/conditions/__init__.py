"""The questions of law as small pure functions, in modules named after what they ask about.

A condition knows no country and no number: those are parameters of its checks. Importing this
package lists them all in `inventory.rules.asking.CONDITIONS`.
"""

from inventory.rules.conditions import (
    basis,
    children,
    databases,
    fields,
    governance,
    house,
    incidents,
    justification,
    notices,
    origins,
    parties,
    purpose,
    records,
    requests,
    retention,
    scope,
    security,
    training,
    transfers,
    wording,
)

__all__ = [
    "basis",
    "children",
    "databases",
    "fields",
    "governance",
    "house",
    "incidents",
    "justification",
    "notices",
    "origins",
    "parties",
    "purpose",
    "records",
    "requests",
    "retention",
    "scope",
    "security",
    "training",
    "transfers",
    "wording",
]
