"""Counsel rules while somebody changes the register: nothing stays judged by the law before."""

from datetime import timedelta
from random import Random

import pytest

from inventory.models import Judgement, Organisation
from inventory.services import evaluation
from inventory.services.law import law_of
from inventory.services.rulings import RulingInput, rule
from tests.register import stored, told_afresh
from tests.test_concurrency import engineer, shared, together
from tests.world import TODAY, World

ROUNDS = 4
__all__ = ["shared"]  # a fixture


@pytest.mark.slow
def test_what_is_judged_while_counsel_rules_is_judged_by_what_counsel_said(shared: World) -> None:
    put = engineer(shared)
    for n in range(ROUNDS):
        act = ("switch_off", "confirm")[n % 2]
        said = RulingInput(act=act, check="E-18", reason="Settled.", author="Firm")
        answers = together(
            put(Random(n)),
            lambda said=said: rule(shared.actor("dana"), said, today=TODAY).pk and 200,
            put(Random(n + 100)),
        )
        assert {*answers} <= {200, 409}

        organisation = Organisation.objects.get(pk=shared.organisation.pk)
        mine = Judgement.objects.filter(organisation=organisation, stale_since=None)
        assert not mine.exclude(evaluation__law_id=law_of(organisation).hash).exists()
        evaluation.judge_stale(organisation, as_of=TODAY)
        assert stored(organisation) == told_afresh(organisation, TODAY)


def test_a_run_that_counsel_overtook_leaves_what_it_judged_to_be_judged_again(
    shared: World,
) -> None:
    def overtake(done: int, total: int) -> None:
        if done < total or overtaken:
            return
        overtaken.append(done)
        said = RulingInput(act="switch_off", check="E-18", reason="Settled.", author="Firm")
        rule(shared.actor("dana"), said, today=TODAY)

    overtaken: list[int] = []
    organisation = shared.organisation
    evaluation.evaluate_organisation(organisation, as_of=TODAY, progress=overtake)

    assert overtaken
    assert stored(organisation) == told_afresh(organisation, TODAY)
    later = TODAY + timedelta(days=1)
    evaluation.expire(organisation, as_of=later)
    assert stored(organisation) == told_afresh(organisation, later)
