"""The main job, end to end: a schema comes in, a DPO gives its fields grounds in a browser, the
record comes out as a PDF, and the engineer's old document takes nothing of it away."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

from inventory.models import Dataset, Field, Justification
from inventory.services.tokens import create_token
from tests.doors import address, arguments, parameters
from tests.servers import manage
from tests.world import NOW, World

from .conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SCHEMA = """
CREATE TABLE visitors (
    id bigint PRIMARY KEY,
    full_name text NOT NULL,
    email text,
    diagnosis text
);
COMMENT ON COLUMN visitors.email IS 'Where answers go';
"""
FIELDS = ("full_name", "email")
REASON = "Answers go to the email of whoever asked, and begin with their full_name."
UNJUSTIFIED = "Use without an approved justification"
NO_PURPOSE = "Field that serves no purpose"


def import_schema(path: Path) -> None:
    path.write_text(SCHEMA)
    command = manage("import_source", str(path), "--system", "crm-prod", "--as", DANA)
    told, problems = command.communicate(timeout=120)
    assert command.returncode == 0, problems
    assert "1 datasets with 4 fields read: 1 new" in told


# what the first organisation alone knows
SECRET = re.compile(
    "Maré|mare-france|Serve customers|serve-customers|crm-prod|full_name"
    "|Customer service|Mailer|dana@|edith@"
)
# what is not anybody's: the invitation opens for whoever holds its secret
PUBLIC = {"invitation", "healthz", "style", "api-nothing", "api-schema", "api-docs"}
# the program's law, the same for everybody
LAW = {"api-vocabulary", "law-check-show", "law-place-show", "ruling-check", "ruling-value"}
DANA, EDITH, OTTO = "dana@demo.example", "edith@demo.example", "otto@elsewhere.example"


def choose(page: Page, *names: str) -> None:
    """Tick these fields of the dataset's page."""
    for name in names:
        page.locator(f'input[name="field"][value="{name}"]').check()


def act(page: Page, what: str) -> None:
    """A button under the table, and the panel that it opens."""
    page.get_by_role("group", name="With the selection").get_by_role("button", name=what).click()
    expect(page.locator("#panel").get_by_role("heading").first).to_be_visible()


def belong_to_the_company(page: Page) -> None:
    page.goto("/datasets/visitors/edit/")
    page.locator("select[name=entity]").select_option("mare-france")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Visitors")


def set_category(page: Page, name: str, category: str) -> None:
    choose(page, name)
    act(page, "Set category")
    page.get_by_label("Data category").select_option(category)
    page.get_by_label("Identifies a person").select_option("direct")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 field changed.").first).to_be_visible()


def set_purpose(page: Page) -> None:
    choose(page, *FIELDS)
    act(page, "Set purpose")
    page.get_by_label("Purpose", exact=True).select_option("serve-customers")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("2 fields changed.").first).to_be_visible()


def justify(page: Page) -> None:
    choose(page, *FIELDS)
    act(page, "Justify")
    page.get_by_label("Purpose", exact=True).select_option("serve-customers")
    page.get_by_label("Why can this purpose not do without them?").fill(REASON)
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_text("2 fields submitted for approval.").first).to_be_visible()


def findings(page: Page) -> str:
    page.goto("/datasets/visitors/")
    return page.get_by_role("region", name="Findings").inner_text()


def give_grounds(page: Page) -> None:
    """What an editor does: whose it is, what the fields are, what for, and why."""
    belong_to_the_company(page)
    set_category(page, "full_name", "name")
    set_category(page, "email", "email")
    assert NO_PURPOSE in findings(page)
    set_purpose(page)
    assert UNJUSTIFIED in findings(page)
    justify(page)
    assert UNJUSTIFIED in findings(page)  # submitted is not approved


def approve(page: Page) -> None:
    """What the DPO does: read it, see what would follow, approve."""
    page.goto("/justifications/")
    expect(page.get_by_role("heading", name="1 justification waits")).to_be_visible()
    expect(page.get_by_text(REASON).first).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved.").first).to_be_visible()
    assert UNJUSTIFIED not in findings(page)


def make_record(page: Page) -> str:
    """Issue the company's record, and read its PDF's text."""
    page.goto("/records/-/prepare/")
    page.get_by_label("Whose record").select_option("mare-france")
    page.get_by_label("Under which law").select_option("gdpr")
    page.get_by_label("In which language").select_option("fr")
    page.get_by_role("button", name="See what is missing").click()
    page.get_by_role("button", name=re.compile("^Issue")).click()
    link = page.get_by_role("link", name="Download the PDF")
    file = page.request.get(str(link.get_attribute("href")))
    assert file.headers["content-type"] == "application/pdf"
    return "\n".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(file.body())).pages)


def ask(page: Page, method: str, path: str, token: str, body: Any = None) -> Any:
    """What an engineer's curl does."""
    answer = page.request.fetch(
        path,
        method=method,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        data=json.dumps(body) if body is not None else None,
    )
    assert answer.ok, answer.text()
    return answer.json()


def decided() -> dict[str, Any]:
    """All that people decided of the dataset."""
    dataset = Dataset.objects.get(key="visitors")
    rows = Field.objects.filter(dataset=dataset).order_by("name")
    columns = ("name", "category", "identifiability", "uses__purpose__key", "uses__proposed",
               "uses__justification__state")  # fmt: skip
    states = Justification.objects.values_list("text", "state", "approved_content")
    return {
        "entity": dataset.entity and dataset.entity.key,
        "fields": list(rows.values(*columns)),
        "justifications": list(states),
    }


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_schema_gets_its_grounds_and_keeps_them(
    world: World, visit: Visit, tmp_path: Path, script: bool
) -> None:
    import_schema(tmp_path / "schema.sql")
    _, token = create_token(world.actor("dana", door="api"), "pipeline", now=NOW)
    editor, dpo = visit(EDITH, script=script), visit(DANA, script=script)
    old = ask(dpo, "GET", "/api/v1/datasets/visitors", token)

    give_grounds(editor)
    approve(dpo)
    text = make_record(dpo)
    assert "Serve customers" in text
    assert "Maré France SAS" in text
    assert UNJUSTIFIED not in text  # a record shows no findings

    before = decided()
    fields = [{name: one[name] for name in ("name", "type", "comment")} for one in old["fields"]]
    pushed = {"name": old["name"], "system": "crm-prod", "fields": fields}
    ask(dpo, "PUT", "/api/v1/datasets/visitors", token, pushed)
    assert decided() == before
    assert UNJUSTIFIED not in findings(dpo)
    for field in before["fields"]:
        assert (field["uses__justification__state"] == "approved") == (field["name"] in FIELDS)


def test_a_member_of_another_organisation_sees_none_of_it(
    world: World, visit: Visit, tmp_path: Path
) -> None:
    import_schema(tmp_path / "schema.sql")
    dpo, stranger = visit(DANA), visit(OTTO)
    held = arguments(world)
    _, token = create_token(world.actor("otto", door="api"), "theirs", now=NOW)

    open_to_dpo, told = 0, []
    for name, needed in sorted(parameters().items()):
        url = address(name, held)
        headers = {"Authorization": f"Bearer {token}"} if name.startswith("api-") else {}
        if name in PUBLIC:
            continue
        answer = stranger.request.get(url, headers=headers, max_redirects=0)
        if answer.status == 200 and needed and name not in LAW:
            told.append(f"{name} opens")
        if answer.status not in {200, 403, 404, 405, 422}:
            told.append(f"{name} answers {answer.status}")
        found = SECRET.search(without(answer.text(), url))
        if found:
            told.append(f"{name} tells {found[0]}")
        open_to_dpo += bool(needed) and dpo.request.get(url).status == 200

    assert not told
    assert open_to_dpo > 30  # the same addresses open for a member


def without(text: str, url: str) -> str:
    """A page without what the visitor typed themselves, which a refusal may repeat."""
    for part in filter(None, url.split("/")):
        text = text.replace(part, "")
    return text
