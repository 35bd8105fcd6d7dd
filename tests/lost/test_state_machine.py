"""B3: whoever asks whatever in whatever order, the answer, the database and the audit chain are those of the model."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.core.cache import caches
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from commitments.models import Event, Release, Update
from commitments.verification import broken_links
from tests.api.conftest import Caller
from tests.builders import REPORTED, World
from tests.depth import FULL, SEED, rounds
from tests.lost.model import MOVES, WIDTH, Model

KEY = "review-2028:KAZ:I.1.1"
CAST = ("focal.kaz", "contributor.kaz", "coordinator.kaz", "reviewer", "editor")
OTHERS = ("focal.tjk", "coordinator.tjk", "partner", "observer", "administrator", "nobody")
NAMES = sorted({move for move, _status in MOVES})
TEXTS = st.sampled_from(["A law.", "A law and a course.", ""])
VERSIONS = st.sampled_from([0, 0, 0, 0, -1, 1, None])  # beside the one that stands
KEYS = st.sampled_from([None, "one", "two"])

Asked = tuple[str, str, int | None, dict[str, Any], str | None]


def words_of(move: str) -> st.SearchStrategy[dict[str, Any]]:
    if move == "edit":
        return TEXTS.map(lambda text: {"measures_taken": text})
    if move in ("return", "recall", "withdraw"):
        return st.sampled_from([{"reason": "Say which law."}, {"reason": "Again."}, {}])
    if move in ("clear", "publish"):
        return st.sampled_from([{}, *({"audience": one} for one in WIDTH)])
    return st.just({})


class Workflow(RuleBasedStateMachine):
    """One update from its first words on, in a transaction that is taken back. `world` is put in by the test."""

    world: World
    people: dict[str, Any]
    tried: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        caches["local"].clear()  # nobody is throttled
        self.before = transaction.savepoint()
        self.model = Model()
        self.asked: list[Asked] = []
        self.kept: dict[tuple[str, str], tuple[Asked, bytes]] = {}

    def teardown(self) -> None:
        broken = list(broken_links())
        transaction.savepoint_rollback(self.before)
        assert broken == []

    @initialize()
    def first_words(self) -> None:
        self._ask(("focal.kaz", "edit", 0, {"measures_taken": "A law."}, None))

    @rule(who=st.sampled_from(CAST + OTHERS), move=st.sampled_from(NAMES), off=VERSIONS, key=KEYS, choice=st.data())
    def anybody_asks_anything(self, who: str, move: str, off: int | None, key: str | None, choice: Any) -> None:
        version = None if off is None else max(0, len(self.model.moves) + off)
        self._ask((who, move, version, choice.draw(words_of(move)), key))

    @rule(choice=st.data(), key=KEYS)
    def somebody_asks_what_is_theirs(self, choice: Any, key: str | None) -> None:
        open_now = [(who, move) for (move, start), (_to, by) in MOVES.items() if start == self.model.status
                    for who in sorted(by)]  # fmt: skip
        who, move = choice.draw(st.sampled_from(open_now))
        self._ask((who, move, len(self.model.moves), choice.draw(words_of(move)), key))

    @rule(choice=st.data())
    def somebody_repeats_what_was_asked(self, choice: Any) -> None:
        kept = [asked for asked, _content in self.kept.values()]
        self._ask(choice.draw(st.sampled_from([*self.asked[-2:], *kept])))

    def _ask(self, asked: Asked) -> None:
        who, move, version, words, key = asked
        key = None if move == "edit" else key  # PATCH takes none
        caller = Caller()
        caller.force_authenticate(self.people[who])
        headers = {"Idempotency_Key": key} if key else {}
        place = f"updates/{KEY}/"
        if move == "edit":
            answer = caller.write("patch", place, REPORTED | words, version=version)
        else:
            answer = caller.write("post", f"{place}{move}/", words, version=version, **headers)
        self.asked.append(asked)
        self.tried[move] += 1
        if key and (who, key) in self.kept:
            return self._expect_the_same(asked, answer)
        assert answer.status_code == self.model.verdict(who, move, version, words), (asked, answer.content)
        if answer.status_code == 200:
            assert list(broken_links()) == []
            self.model.make(who, move, words)
            self.tried["made"] += 1
            assert answer["ETag"] == f'"{len(self.model.moves)}"'
            if key:
                self.kept[who, key] = asked, answer.content
        return self._compare()

    def _expect_the_same(self, asked: Asked, answer: Any) -> None:
        before, content = self.kept[asked[0], asked[-1]]
        self.tried["repeated"] += 1
        if before == asked:
            assert (answer.status_code, answer.content) == (200, content)
        else:
            assert answer.status_code == 422
        self._compare()

    def _compare(self) -> None:
        """The model, the rows and the events are one."""
        model, row = self.model, Update.objects.get(pk=self.world.update("KAZ", "I.1.1").pk)
        events = list(Event.objects.filter(subject=f"update:{KEY}").order_by("sequence"))
        released = Release.objects.filter(update=row).values_list("revision__number", "audience").first()
        revised = list(row.revisions.order_by("number").values_list("measures_taken", flat=True))

        assert [event.move for event in events] == model.moves
        assert (row.version, row.status, row.audience) == (len(model.moves), model.status, model.audience)
        assert (row.measures_taken, revised, released) == (model.text, model.revisions, model.released)


@pytest.mark.battery("B3")
def test_the_workflow_is_what_the_model_says(world: World, tally) -> None:
    people = {name: world.who(name) for name in CAST + OTHERS}
    tried: Counter[str] = Counter()
    machine = type("Machine", (Workflow,), {"world": world, "people": people, "tried": tried})
    depth = settings(
        max_examples=rounds(8, 2000),
        stateful_step_count=rounds(30, 50),
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink] if FULL else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(seed(SEED)(machine), settings=depth)

    assert tried["made"] and len(set(NAMES) - set(tried)) <= rounds(3, 0)  # in few steps a move or two may not be drawn
    tally(steps=sum(tried[move] for move in NAMES), made=tried["made"], repeated=tried["repeated"])
