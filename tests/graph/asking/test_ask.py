"""What a refusal of an engine, or of too many rows, says of the question that it stopped."""

import pytest

from graph.asking.ask import Limits, ask_cypher
from graph.asking.binding import bind
from graph.asking.questions import load_questions
from graph.errors import QueryTimeout
from graph.property.bolt_values import Rows


class Slow:
    def look_up(self, cypher, parameters=None, *, seconds=None, limit=None):
        raise QueryTimeout("the query ran out of time: ask for less, or raise DIPLOGRAPH_QUERY_SECONDS")


class Vast:
    def look_up(self, cypher, parameters=None, *, seconds=None, limit=None):
        columns = tuple(load_questions()["panel"].gathers)
        return Rows(columns, (("AFG", "ALB", "Visit", "", "made", "2020", "", "", 1),) * limit)


LIMITS = Limits(seconds=1, rows=3, size=1000)


@pytest.mark.parametrize(
    ("name", "given", "narrower"),
    [
        ("lags", {}, "since, until"),
        ("lags", {"since": "2020"}, "until"),
        ("panel", {}, "state"),
        ("single_source", {"state": "MAR"}, "since, until"),
    ],
)
def test_a_question_that_takes_too_long_says_by_what_it_is_narrowed(name: str, given: dict[str, str], narrower: str) -> None:
    with pytest.raises(QueryTimeout, match=rf"^{name}: .*DIPLOGRAPH_QUERY_SECONDS; it can be narrowed by {narrower}$"):
        ask_cypher(bind(load_questions()[name], given), Slow(), LIMITS)


def test_a_question_of_nothing_but_what_is_required_names_no_parameter() -> None:
    with pytest.raises(QueryTimeout, match=r"^evidence: .*SECONDS$"):
        ask_cypher(bind(load_questions()["evidence"], {"fact": "accord/0123456789abcdef"}), Slow(), LIMITS)


def test_rows_too_many_for_a_step_are_refused_with_what_narrows_them() -> None:
    with pytest.raises(
        QueryTimeout, match=r"^panel would be made of more than 150 rows.*QUERY_ROWS; it can be narrowed by state$"
    ):
        ask_cypher(bind(load_questions()["panel"], {}), Vast(), LIMITS)
