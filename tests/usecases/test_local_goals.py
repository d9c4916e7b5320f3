"""The network's own goals: offered and checked like the 17, and never lost once they are in use."""

import json
from typing import Any

import pytest

from izsa_desktop.domain.errors import BadField, BadLocalGoals, LocalGoalGone
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases.local_goals import local_goals, set_local_goals
from izsa_desktop.usecases.projects import save_project
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line

Y1 = {"code": "Y1", "color": "#1a2b3c", "name_tr": "Ilıca ve deniz", "name_en": "Springs and sea"}
Y2 = {**Y1, "code": "Y2", "name_tr": "Körfez"}


def _list(*goals: Any) -> bytes:
    return json.dumps(goals).encode()


def test_a_local_goal_can_be_chosen_like_any_other(line: Line) -> None:
    fields = ProjectFields(title="Körfez", goals=("14", "Y1"))
    with open_workplace(line.bornova) as workplace:
        with pytest.raises(BadField):
            save_project(workplace, None, fields)
        set_local_goals(workplace, _list(Y1))
    with open_workplace(line.bornova) as workplace:
        assert save_project(workplace, None, fields).fields.goals == ("14", "Y1")
        goal = workplace.reference.goals_by_code["Y1"]
        assert (goal.local, goal.name["tr"], workplace.reference.goals[-1]) == (True, "Ilıca ve deniz", goal)
    with open_workplace(line.konak) as other:
        assert "Y1" not in other.reference.goals_by_code


def test_a_code_stays_for_ever_and_its_name_may_change(line: Line) -> None:
    with open_workplace(line.bornova) as workplace:
        set_local_goals(workplace, _list(Y1))
        with pytest.raises(LocalGoalGone):
            set_local_goals(workplace, _list(Y2))
        set_local_goals(workplace, _list(Y2, {**Y1, "name_tr": "Kaplıca"}))
        assert [(goal.code, goal.name_tr) for goal in local_goals(workplace)] == [("Y2", "Körfez"), ("Y1", "Kaplıca")]


@pytest.mark.parametrize(
    "bad",
    [
        *(b"", b"{}", b"[1]", b"\xff", _list(Y1, Y1), _list({**Y1, "code": "13"}), _list({**Y1, "code": "Y1\n"})),
        *(_list({**Y1, "color": "red"}), _list({**Y1, "name_tr": ""}), _list({**Y1, "name_en": "a\u202eb"})),
        *(_list({**Y1, "more": 1}), _list(*({**Y1, "code": f"Y{n}"} for n in range(61)))),
    ],
)
def test_a_bad_list_changes_nothing(line: Line, bad: bytes) -> None:
    with open_workplace(line.bornova) as workplace:
        set_local_goals(workplace, _list(Y1))
        with pytest.raises(BadLocalGoals):
            set_local_goals(workplace, bad)
        assert [goal.code for goal in local_goals(workplace)] == ["Y1"]
