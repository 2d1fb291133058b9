"""A pin that cannot be kept tells the true reasons, and only what can be done."""

from __future__ import annotations

from tests.unit.plan.test_absurd import a_team, one, refused


def test_a_team_that_goes_with_more_than_are_pinned_says_so() -> None:
    """Of two who are needed one is pinned, and nobody else can come."""
    problem = a_team(people=[one(0, "anaesthesia", may_lead=True)])
    problem["missions"][0] |= {"minimum_people": 2, "hats": ["leader"]}
    problem["seats"][0]["accepts"] = ["anaesthesia"]
    problem["pins"] = [{"seat": "GN31-02", "person": "P0"}]
    says = refused(problem)
    assert "cannot all be kept: GN31-02 → P0. " in says
    assert "“A team goes with its minimum size or not at all" in says
    assert "Team GN31 goes with 2 people at least." in says


def test_two_rules_that_stand_against_a_pin_together_are_both_named() -> None:
    """No more than the minimum, and nobody who leads: without either one the other still stands."""
    problem = a_team(people=[one(0, "anaesthesia")])
    problem["missions"][0] |= {"minimum_people": 2, "hats": ["leader"]}
    problem["seats"][0]["accepts"] = ["anaesthesia"]
    problem["pins"] = [{"seat": "GN31-02", "person": "P0"}]
    says = refused(problem)
    assert "A team goes with its minimum size or not at all" in says
    assert "A team that goes has someone able to lead" in says
    assert "Team GN31 goes with 2 people at least." in says


def test_a_pin_against_a_rule_names_only_what_can_be_done() -> None:
    problem = a_team()
    problem["pins"] = [{"seat": "GN31-01", "person": "P1"}]
    says = refused(problem)
    assert "exception" not in says
    assert "change the team’s dates, what the seat asks for, or the person’s record" in says
