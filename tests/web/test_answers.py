"""Unknown, none and some are three answers, and a slip is told by what was meant."""

import pytest
from django.core.exceptions import ValidationError

from inventory.web.answers import Countries, KnownField, Names, SomeOf

SUBJECTS = SomeOf([("customers", "Customers"), ("users", "Users")], none="Nobody")


@pytest.mark.parametrize(("sent", "meant"), [("", None), ("yes", True), ("no", False)])
def test_nobody_having_said_is_not_no(sent: str, meant: bool | None) -> None:
    field = KnownField()
    assert field.clean(sent) is meant
    assert field.prepare_value(meant) == sent


@pytest.mark.parametrize(
    ("sent", "meant"),
    [([], None), (["none"], ()), (["customers", "users"], ("customers", "users"))],
)
def test_nothing_ticked_is_unknown_and_none_is_said(
    sent: list[str], meant: tuple[str, ...] | None
) -> None:
    assert SUBJECTS.clean(sent) == meant


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("", None),
        (" \n ", None),
        ("None", ()),
        ("cn=ops,ou=shop\r\n\n crm-sales \ncrm-sales", ("cn=ops,ou=shop", "crm-sales")),
    ],
)
def test_names_come_one_a_line(sent: str, meant: tuple[str, ...] | None) -> None:
    field = Names(hint="Roles.")
    assert field.clean(sent) == meant
    assert field.clean(field.prepare_value(meant)) == meant


@pytest.mark.parametrize("sent", [["none", "users"], ["martians"]])
def test_what_contradicts_itself_is_refused(sent: list[str]) -> None:
    with pytest.raises(ValidationError):
        SUBJECTS.clean(sent)


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("", None),
        ("none", ()),
        ("France, de; BR", ("FR", "DE", "BR")),
        ("fr, France , ,", ("FR",)),
    ],
)
def test_countries_go_by_name_or_code(sent: str, meant: tuple[str, ...] | None) -> None:
    assert Countries().clean(sent) == meant


def test_countries_come_back_as_they_are_called() -> None:
    field = Countries()
    assert field.prepare_value(("FR", "BR")) == "France, Brazil"
    assert (field.prepare_value(()), field.prepare_value(None)) == ("none", "")


@pytest.mark.parametrize(
    ("sent", "said"),
    [("Grmany", "Did you mean Germany?"), ("Atlantis", "No country is called “Atlantis”.")],
)
def test_a_country_that_is_none_is_told(sent: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said.replace("?", r"\?")):
        Countries().clean(sent)
