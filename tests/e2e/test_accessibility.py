"""The main pages as axe judges them, light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.doors import arguments
from tests.world import World

from .conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize("width", [1400, 400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_main_pages_have_no_barrier(world: World, visit: Visit, scheme: str, width: int) -> None:
    held = arguments(world)
    page = visit("dana@demo.example", width=width)
    page.emulate_media(color_scheme=scheme)
    paths = [
        "/",
        "/datasets/",
        "/datasets/crm.contacts/",
        "/datasets/crm.contacts/edit/",
        "/datasets/crm.contacts/history/",
        "/findings/",
        f"/findings/{held['finding.number']}/",
        "/justifications/",
        f"/justifications/{held['justification.number']}/",
        "/purposes/serve-customers/",
        "/records/-/prepare/",
        "/transfers/",
        "/retention/",
        "/law/rulings/",
        "/law/checks/E-16/ruling/",
        "/law/values/FR/child_consent_age/ruling/",
        f"/law/rulings/{held['ruling.number']}/end/",
        "/house-policy/",
        "/house-policy/-/new/",
        "/datasets/crm.contacts/?act=justify&field=email",
        "/verdicts/dataset/crm.contacts/",
        "/law/",
        "/law/checks/",
        "/law/checks/E-16/",
        "/law/values/?place=DE",
        "/law/countries/DE/",
        "/law/categories/",
        "/law/ahead/",
    ]
    barriers = []
    for path in paths:
        page.goto(path)
        for one in Axe().run(page, options=RULES).response["violations"]:
            node = one["nodes"][0]
            barriers.append(f"{path} {one['id']}: {node['html'][:120]} {node['failureSummary']}")

    assert not barriers, "\n".join(barriers)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
