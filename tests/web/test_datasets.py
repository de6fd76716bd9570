"""The list of datasets and their forms: for each screen, that it works and whom it refuses."""

from typing import Any

import pytest
from django.urls import reverse

from inventory.models import Dataset
from inventory.services.datasets import put_dataset
from inventory.services.inputs import DatasetInput, FieldInput
from tests.world import TODAY, World, make_dataset

from .conftest import Door

BROWSE = reverse("dataset-browse")
CREATE = reverse("dataset-create")


def put(world: World, key: str = "crm.contacts", **values: Any) -> Dataset:
    fields = tuple(FieldInput(name=n) for n in ("email", "cpf", "birth_date"))
    document = DatasetInput(
        **{"name": "CRM contacts", "entity": "mare-france", "system": "crm-prod", "kind": "user",
           "fields": fields, **values}
    )  # fmt: skip
    return put_dataset(world.actor("dana", door="api"), key, document, today=TODAY).row


def form(dataset: Dataset | None = None, **values: Any) -> dict[str, Any]:
    held = {"name": dataset.name, "version": dataset.version} if dataset else {}
    return {**held, **values}


# browse


def test_the_list_shows_what_is_there(world: World, door: Door) -> None:
    put(world)
    text = door("vera").get(BROWSE).content.decode()
    assert "CRM contacts" in text
    assert "crm.contacts" in text
    assert "1 dataset, worst standing first" in text


def test_another_organisation_sees_nothing_of_it(world: World, door: Door) -> None:
    put(world)
    text = door("otto").get(BROWSE).content.decode()
    assert "crm.contacts" not in text
    assert "No datasets yet" in text


def test_nobody_looks_without_signing_in(client: Any, db: None) -> None:
    answer = client.get(BROWSE)
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('sign-in')}?next={BROWSE}"


def test_a_signed_in_page_is_kept_by_no_cache(world: World, door: Door) -> None:
    assert "no-store" in door("vera").get(BROWSE)["Cache-Control"]


@pytest.mark.parametrize("query", ["contcts", "crm.cont", "CRM"])
def test_the_search_forgives_a_slip(world: World, door: Door, query: str) -> None:
    put(world)
    put(world, "hr.payroll", name="Payroll")
    text = door("vera").get(BROWSE, {"q": query}).content.decode()
    assert "crm.contacts" in text
    assert "hr.payroll" not in text


def test_filters_stand_in_the_address_and_can_be_taken_away(world: World, door: Door) -> None:
    put(world)
    put(world, "web.cache", name="Cache", kind="software")
    text = door("vera").get(BROWSE, {"kind": "software"}).content.decode()
    assert "web.cache" in text
    assert "crm.contacts" not in text
    assert 'href="?"' in text


@pytest.mark.parametrize(
    "query", [{"q": "a\x00b"}, {"kind": "nonsense"}, {"q": "x" * 1000}, {"country": "FRANCE"}]
)
def test_a_filter_that_cannot_be_read_is_said(
    world: World, door: Door, query: dict[str, str]
) -> None:
    answer = door("vera").get(BROWSE, query)
    assert answer.status_code == 200
    assert "This filter could not be read" in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30])
def test_any_page_number_shows_a_page(world: World, door: Door, page: str) -> None:
    put(world)
    assert "crm.contacts" in door("vera").get(BROWSE, {"page": page}).content.decode()


@pytest.mark.parametrize("sort", ["name", "-name", "kind", "system", "-fields", "standing", "x"])
def test_any_order_shows_all(world: World, door: Door, sort: str) -> None:
    put(world)
    assert "crm.contacts" in door("vera").get(BROWSE, {"sort": sort}).content.decode()


def test_the_list_asks_as_often_for_thirty_as_for_three(
    world: World, door: Door, django_assert_max_num_queries: Any
) -> None:
    for i in range(3):
        make_dataset(world, f"a.{i}")
    with django_assert_max_num_queries(25) as few:
        door("dana").get(BROWSE)
    for i in range(27):
        make_dataset(world, f"b.{i}")
    with django_assert_max_num_queries(len(few)):
        door("dana").get(BROWSE)


def test_htmx_gets_the_list_alone(world: World, door: Door) -> None:
    put(world)
    text = door("vera").get(BROWSE, headers={"HX-Request": "true"}).content.decode()
    assert "crm.contacts" in text
    assert "<html" not in text


def test_a_past_day_shows_what_was_there_then(world: World, door: Door) -> None:
    put(world)
    text = door("vera").get(BROWSE, {"as_of": "2020-01-31"}).content.decode()
    assert "Nothing was registered then" in text
    assert "31 January 2020" in text


@pytest.mark.parametrize("day", ["yesterday", "2020-13-01", "\x00", "0000-00-00"])
def test_what_is_no_day_is_said(world: World, door: Door, day: str) -> None:
    assert door("vera").get(BROWSE, {"as_of": day}).status_code == 400


# create


def test_a_dataset_can_be_typed_in(world: World, door: Door) -> None:
    said = form(name="Payroll", key="hr.payroll", columns="iban text\nname", subject_countries="FR")
    answer = door("dana").post(CREATE, said)
    assert answer["Location"] == reverse("dataset-show", args=["hr.payroll"])
    dataset = Dataset.objects.get(key="hr.payroll")
    assert [f.name for f in dataset.fields.order_by("position")] == ["iban", "name"]
    assert [c.country for c in dataset.subject_countries.all()] == ["FR"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"name": "", "key": "a"}, "This field is required."),
        ({"name": "A", "key": "Not A Key"}, "A key has lower-case letters"),
        ({"name": "A\x00B", "key": "a"}, "Null characters are not allowed."),
        ({"name": "x" * 2_000, "key": "a"}, "at most 300 characters"),
        ({"name": "A", "key": "a", "subject_countries": "Grmany"}, "Did you mean Germany?"),
        ({"name": "A", "key": "a", "columns": "email\nemail"}, "is there already"),
        ({"name": "A", "key": "a", "entity": "nowhere"}, "Choose one of these."),
        ({"name": "A", "key": "a", "persons": "-1"}, "greater than or equal to 0"),
        ({"name": "A", "key": "a", "persons": "9" * 40}, "less than or equal to"),
        ({"name": "A", "key": "a", "oldest_record": "0001-01-01"}, "not before 1900"),
    ],
)
def test_bad_input_is_refused_beside_its_field(
    world: World, door: Door, said: dict[str, str], message: str
) -> None:
    answer = door("dana").post(CREATE, said)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Dataset.objects.exists()


def test_a_key_that_is_taken_is_refused(world: World, door: Door) -> None:
    put(world)
    answer = door("dana").post(CREATE, form(name="Mine now", key="crm.contacts"))
    assert answer.status_code == 422
    assert Dataset.objects.get().name == "CRM contacts"


def test_a_reader_registers_nothing(world: World, door: Door) -> None:
    assert door("vera").get(CREATE).status_code == 403
    assert door("vera").post(CREATE, form(name="A", key="a")).status_code == 403
    assert CREATE not in door("vera").get(BROWSE).content.decode()


# edit


def test_a_dataset_can_be_changed(world: World, door: Door) -> None:
    dataset = put(world)
    url = reverse("dataset-edit", args=[dataset.key])
    assert "CRM contacts" in door("dana").get(url).content.decode()
    answer = door("dana").post(url, form(dataset, name="Contacts", legal_hold="no"))
    assert answer.status_code == 302
    dataset.refresh_from_db()
    assert (dataset.name, dataset.legal_hold, dataset.persons) == ("Contacts", False, None)
    assert dataset.fields.filter(retired_at=None).count() == 3


def test_what_the_house_policy_asks_for_is_typed_in_and_stays_unknown_where_it_is_not(
    world: World, door: Door
) -> None:
    dataset = put(world)
    url = reverse("dataset-edit", args=[dataset.key])
    asked = door("dana").get(url).content.decode()
    assert "The roles, groups or policies that give access" in asked
    said = form(dataset, critical="yes", recomputable="no", access_policies="crm-sales\r\nops")
    assert door("dana").post(url, said).status_code == 302
    dataset.refresh_from_db()
    assert (dataset.critical, dataset.source_of_truth, dataset.recomputable) == (True, None, False)
    assert dataset.access_policies == ["crm-sales", "ops"]
    assert "crm-sales\nops" in door("dana").get(url).content.decode()
    wrong = form(dataset, access_policies="x" * 201)
    answer = door("dana").post(url, wrong)
    assert answer.status_code == 422
    assert "at most 200 can be kept" in answer.content.decode()


def test_what_was_typed_survives_somebody_elses_change(world: World, door: Door) -> None:
    dataset = put(world)
    url = reverse("dataset-edit", args=[dataset.key])
    stale = form(dataset, name="Mine")
    door("edith").post(url, form(dataset, name="Theirs"))
    answer = door("dana").post(url, stale)
    text = answer.content.decode()
    assert answer.status_code == 412
    assert "Theirs" in text
    assert 'value="Mine"' in text
    assert Dataset.objects.get().name == "Theirs"


def test_saying_it_again_after_a_conflict_is_taken(world: World, door: Door) -> None:
    dataset = put(world)
    url = reverse("dataset-edit", args=[dataset.key])
    door("edith").post(url, form(dataset, name="Theirs"))
    shown = door("dana").post(url, form(dataset, name="Mine"))
    version = shown.context["form"]["version"].value()
    assert door("dana").post(url, form(name="Mine", version=version)).status_code == 302
    assert Dataset.objects.get().name == "Mine"


@pytest.mark.parametrize("action", ["edit", "retire"])
def test_who_may_not_change_a_dataset(world: World, door: Door, action: str) -> None:
    dataset = put(world)
    url = reverse(f"dataset-{action}", args=[dataset.key])
    for name, status in (("vera", 403), ("otto", 404)):
        assert door(name).get(url).status_code == status
        assert door(name).post(url, form(dataset)).status_code == status
    assert door("dana").delete(url).status_code == 405


# retire


def test_retiring_asks_first_and_leaves_history(world: World, door: Door) -> None:
    dataset = put(world)
    url = reverse("dataset-retire", args=[dataset.key])
    assert "Retire “CRM contacts”?" in door("dana").get(url).content.decode()
    assert Dataset.objects.get().retired_at is None
    assert door("dana").post(url)["Location"] == BROWSE
    assert Dataset.objects.get().retired_at is not None
    shown = door("dana").get(BROWSE).context["rows"]
    assert not shown
    assert "crm.contacts" in door("dana").get(BROWSE, {"retired": "true"}).content.decode()


def test_several_are_retired_after_one_question(world: World, door: Door) -> None:
    put(world)
    put(world, "hr.payroll", name="Payroll")
    url = reverse("dataset-retire-many")
    chosen = {"dataset": ["crm.contacts", "hr.payroll", "not.there", "a\x00b"]}
    assert "Retire 2 datasets?" in door("dana").post(url, chosen).content.decode()
    assert Dataset.objects.filter(retired_at=None).count() == 2
    assert door("dana").post(url, {**chosen, "sure": "yes"}).status_code == 302
    assert not Dataset.objects.filter(retired_at=None).exists()


def test_a_stranger_retires_nothing_of_others(world: World, door: Door) -> None:
    put(world)
    door("otto").post(reverse("dataset-retire-many"), {"dataset": "crm.contacts", "sure": "yes"})
    assert Dataset.objects.get().retired_at is None


def test_retiring_nothing_says_so(world: World, door: Door) -> None:
    assert door("dana").post(reverse("dataset-retire-many")).status_code == 302
    assert door("vera").post(reverse("dataset-retire-many")).status_code == 403
