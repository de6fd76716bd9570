"""A law of one invented country, small enough to break in every way."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from inventory.law.bundle import Law
from inventory.law.load import load_law
from inventory.law.refusals import LawError

REGIME = """\
code = "utopia"
short = "UPA"
title = { en = "Utopian Privacy Act" }
languages = ["en"]
countries = ["ZZ"]
valid_from = 2020-01-01
cite = { instrument = "UPA", article = "s. 1" }
mark = "checked"

[[scope]]
trigger = "establishment"
cite = { instrument = "UPA", article = "s. 2" }
mark = "checked"

[[basis]]
code = "utopia.consent"
data_classes = ["ordinary", "special"]
title = { en = "Consent" }
cite = { instrument = "UPA", article = "s. 3" }
mark = "checked"
kind = "consent"
needs = ["consent_record"]

[[mechanism]]
code = "utopia.clauses"
title = { en = "Model clauses" }
cite = { instrument = "UPA", article = "s. 4" }
mark = "checked"
kind = "standard_clauses"

[[record_item]]
code = "utopia.5.a"
layout = "utopia.5"
title.en = "Purposes"
heading_mark = "checked"
source = "purposes"
mandatory = true
cite = { instrument = "UPA", article = "s. 5" }
mark = "checked"

[[value]]
id = "child_consent_age"
value = 16
cite = { instrument = "UPA", article = "s. 6" }
mark = "checked"

[[country]]
code = "ZZ"
name = { en = "Utopia" }
mark = "checked"
languages = ["en"]

[[country.authority]]
name = "Guardian"
name_en = "Guardian"
acronym = "G"
language = "en"
mark = "checked"

[[country.value]]
id = "child_consent_age"
until = 2024-01-01
value = 13
cite = { instrument = "Order 7", article = "art. 1" }
mark = "checked"

[[country.value]]
id = "child_consent_age"
since = 2024-01-01
value = 15
cite = { instrument = "Order 9", article = "art. 1" }
mark = "uncertain"

[[country.value]]
id = "retention_minimum.invoice"
since = 2021-06-01
value = "P10Y"
cite = { instrument = "Trade Act", article = "s. 8" }
mark = "knowledge"
"""

CHECKS = """\
[[check]]
id = "UT-01"
condition = "child_without_parent"
subject = "purpose"
level = "country"
severity = "blocker"
parameters = { age = { value = "child_consent_age" }, kinds = ["consent"], months = 24 }
title = { en = "Child below the age of consent" }
remedy = { en = "Ask a parent." }
cite = [
    { instrument = "UPA", article = "s. 6" },
    { instrument = "Order 7", article = "art. 1" },
]
mark = "checked"
valid_from = 2020-01-01
valid_until = 2023-01-01

[[check]]
id = "UT-01"
condition = "child_without_parent"
subject = "purpose"
severity = "major"
title = { en = "Child below the age of consent" }
remedy = { en = "Ask a parent." }
cite = [{ instrument = "UPA", article = "s. 6" }]
mark = "checked"
valid_from = 2023-01-01
"""

FILES = {
    "regimes/utopia.toml": REGIME,
    "checks/utopia.toml": CHECKS,
    "values.toml": """\
[[value]]
id = "child_consent_age"
description = "Age of a child's consent"
unit = "years"

[[value]]
id = "retention_minimum"
description = "Statutory period"
unit = "duration"
per_record_class = true
""",
    "record_classes.toml": """\
[[record_class]]
code = "invoice"
title = { en = "Invoice" }
""",
    "categories.toml": """\
[[category]]
code = "health"
title = { en = "Health data" }
personal = true

[[category.views]]
regime = "utopia"
class = "special"
cite = { instrument = "U", article = "9" }
mark = "checked"

[[category]]
code = "name"
title = { en = "Name" }
personal = true
""",
    "adequacy.toml": """\
[[recognition]]
origin = "utopia"
destinations = ["FR", "BR"]
since = 2022-02-02
until = 2025-05-05
cite = { instrument = "Order 3", article = "art. 1" }
mark = "checked"
""",
    "world.csv": """\
iso2,name,level,law,year,authority,confidence,since
FR,France,eu_eea_member,GDPR,2018,CNIL,checked,
BR,Brazil,adequate,LGPD,2018,ANPD,checked,
CL,Chile,legislation,Ley 19.628,1999,,checked,
CL,Chile,authority_and_law,Ley 21.719,,,checked,2026-12-01
""",
    "texts/fr.toml": """\
[review]
reviewed = false

[basis]
"utopia.consent" = "Consentement"

[category]
health = "Santé"
""",
}


@dataclass
class SmallLaw:
    """The files of the invented law, to be changed before they are loaded."""

    root: Path
    files: dict[str, str] = field(default_factory=lambda: dict(FILES))

    def change(self, file: str, old: str, new: str) -> None:
        assert old in self.files[file], f"{old!r} is not in {file}"
        self.files[file] = self.files[file].replace(old, new, 1)

    def load(self) -> Law:
        for name, text in self.files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load_law(self.root)

    def refuse(self) -> LawError:
        with pytest.raises(LawError) as refusal:
            self.load()
        return refusal.value

    def line(self, file: str, text: str) -> int:
        """The line on which a text first stands."""
        return self.files[file][: self.files[file].index(text)].count("\n") + 1


@pytest.fixture
def small_law(tmp_path: Path) -> SmallLaw:
    return SmallLaw(tmp_path)


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()
