"""Every dated value, and every finding of adequacy, against what the legal sources say of it."""

import csv
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from inventory.law.load import load_law

LAW = load_law()
LINES = Path(__file__).parents[2] / "fixtures" / "law"
DAY = timedelta(days=1)
UNKNOWN = "unknown"


def read_lines(name: str) -> list[dict[str, str]]:
    text = (LINES / name).read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(kept))


VALUES = read_lines("values.csv")
FOUND = read_lines("adequacy.csv")
LEVELS = read_lines("levels.csv")


def entry_of(line: dict[str, str]):
    who = "regime" if line["holder"] in LAW.regimes else "country"
    return LAW.value(line["value"], on=date.fromisoformat(line["on"]), **{who: line["holder"]})


@pytest.mark.parametrize("line", VALUES, ids=lambda x: f"{x['holder']} {x['value']} {x['on']}")
def test_a_value_is_what_the_sources_say(line):
    entry = entry_of(line)
    said = (str(entry.value), entry.mark.value, str(entry.citation)) if entry else (UNKNOWN, "", "")
    assert said == (line["expected"], line["mark"], line["citation"])


def test_every_value_has_its_line():
    """Each entry one on a day it holds; a first or last day of its own has eve, day and morrow."""
    held = {(x["holder"], x["value"], date.fromisoformat(x["on"])) for x in VALUES}
    holders = {**LAW.regimes, **LAW.countries}
    missing = [
        f"{code},{key},{day}"
        for code, holder in holders.items()
        for key, value in holder.values.items()
        for entry in value.entries
        for day in days_to_try(entry, [on for who, what, on in held if (who, what) == (code, key)])
        if (code, key, day) not in held
    ]
    assert not missing


def days_to_try(entry, tried):
    """The days that must have a line; of an entry without days of its own any one it holds on."""
    own = [entry.since] if entry.dated else []
    own += [entry.until] if entry.until else []
    if not own and not any(entry.in_force(day) for day in tried):
        yield entry.since
    for day, step in product(own, (-DAY, 0 * DAY, DAY)):
        yield day + step


def test_a_line_that_is_not_unknown_names_its_source():
    for line in VALUES:
        assert (line["expected"] == UNKNOWN) is not bool(line["mark"] and line["citation"]), line


def scopes_found(origin: str, destination: str, on: date) -> set[str]:
    """Who may rely on it that day: all, those in a scope, or nobody for certain."""
    return {
        "uncertain" if one.mark == "uncertain" else one.scope or "all"
        for one in LAW.recognised(origin, destination, on)
    }


@pytest.mark.parametrize("line", FOUND, ids=lambda x: " ".join(x.values()))
def test_a_country_is_found_adequate_as_the_sources_say(line):
    on = date.fromisoformat(line["on"])
    expected = set(line["expected"].split()) - {"none"}
    for destination in line["destinations"].split():
        found = LAW.recognised(line["origin"], destination, on)
        assert scopes_found(line["origin"], destination, on) == expected
        cited = {str(one.citation) for one in found}
        assert line["citation"] in cited if line["citation"] else not cited


def test_every_recognition_has_its_line():
    held = {
        (line["origin"], destination, date.fromisoformat(line["on"]))
        for line in FOUND
        for destination in line["destinations"].split()
    }
    missing = [
        f"{one.origin},{one.destination},{day}"
        for one in LAW.recognitions
        for day in days_to_try(
            one, [on for who, whom, on in held if (who, whom) == (one.origin, one.destination)]
        )
        if (one.origin, one.destination, day) not in held
    ]
    assert not missing


@pytest.mark.parametrize("line", LEVELS, ids=lambda x: f"{x['country']} {x['on']}")
def test_a_level_of_the_world_table_is_what_the_sources_say(line):
    country = LAW.countries.get(line["country"])
    level = country.level_on(date.fromisoformat(line["on"])) if country else None
    assert (level or UNKNOWN) == line["level"]


def test_every_change_of_level_has_its_lines():
    held = {(line["country"], date.fromisoformat(line["on"])) for line in LEVELS}
    for code, country in LAW.countries.items():
        for day, _ in country.changes:
            assert {(code, day - DAY), (code, day), (code, day + DAY)} <= held


def test_each_regime_sees_the_categories_as_the_sources_say():
    said = {
        (line["regime"], category): (line["class"], line["mark"], line["citation"])
        for line in read_lines("views.csv")
        for category in line["categories"].split()
    }
    seen = {
        (regime, category.code): (view, category.marks[regime], str(category.citations[regime]))
        for category in LAW.categories.values()
        for regime, view in category.classes.items()
    }
    assert seen == said
