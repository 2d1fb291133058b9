"""A plan to which something happened, made good with the fewest changes.

What others call, and may rely on:

- Events change the problem: `leaves(problem, person, on=None)` (drops out, from that day on),
  `clears(problem, person, on)` (a visa or pass comes only that day: not available before),
  `taken(problem, people, start, end)` (an outbreak takes people for a time).
- `mend(problem, before, *, should_stop) -> Change`: `problem` after the event; `before` is the plan
  (pairs of seat and person) that stood. Only what the event touches is solved anew, in seconds.
- `difference(problem, before, after) -> Change`: who is seated, moved and gone between two plans.
- `Change`: assignments, tiers_before, tiers, value, and `opened`, `filled`, `moved` (lists of
  `Move(seat, before, after)`); `apart` is the share by which it may lie below the bound, if known.
- `wider(problem, before, *, work, ...) -> Plan`: one whole run from the mended plan.
"""
