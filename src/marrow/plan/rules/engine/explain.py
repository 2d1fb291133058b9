"""Why a plan is as it is: each seat, each empty seat, each tier.

What others call, and may rely on (`Loaded` holds the model in memory, so keep it between calls):

- `Loaded(problem, assignments)`: a problem without faults and the plan of it that is explained.
- `why(loaded, seat) -> Held | Open`: a seated person's points and prices, or which rules exclude
  how many and why each of those who remain is not there. Instant.
- `others(loaded, seat, most=10) -> list[Other]`: who else could, cheapest first, with an estimate
  of what it would cost. Instant.
- `instead(loaded, seat, person) -> Change | None`: the plan with this person on this seat, exact
  near by; None where no plan allows it.
- `repairs(loaded, seat, tries=8) -> Repairs`: the smallest changes of the problem that fill an
  empty seat, each solved again before it is told.
- `gained(loaded) -> Gained`: points of each tier of the greedy, the published and this plan.

`Change` (of `mend.py`) holds assignments, points by tier, and who moves.
"""
