"""Precision and recall of the reader of team records on countries it was not written on.

Usage: python bench/score_team_records.py PATH_TO_FILE.csv
The hand-labelled facts are in bench/gold/team_records_heldout.json, by project id. A fact counts
as found when field and value are the same (letter case aside); doubts are not counted as facts.
Scored once unseen (precision .900, recall .838), the rows were then read and the rules mended: what
this prints since is a score on rows that were seen.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from marrow.missions.rules.records import FIELDS, Reading, read

GOLD = ROOT / "bench" / "gold" / "team_records_heldout.json"
Fact = tuple[str, str, str]


def _readings(path: Path, wanted: set[str]) -> list[Reading]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = [read(row, number) for number, row in enumerate(csv.DictReader(file), start=1)]
    return [one for one in rows if one.project_id in wanted]


def _facts(readings: list[Reading]) -> set[Fact]:
    facts = {
        (one.project_id, told.field, told.value.casefold()) for one in readings for told in one.told
    }
    return facts | {(one.project_id, "kind", one.kind.casefold()) for one in readings}


def _labelled(gold: dict[str, dict[str, str | list[str]]]) -> set[Fact]:
    return {
        (project, field, value.casefold())
        for project, fields in gold.items()
        for field, values in fields.items()
        for value in ([values] if isinstance(values, str) else values)
    }


def _line(name: str, right: int, told: int, labelled: int) -> str:
    precision = f"{right / told:.3f}" if told else "-"
    recall = f"{right / labelled:.3f}" if labelled else "-"
    return f"{name:<22}{right:>7}{told:>7}{labelled:>9}{precision:>11}{recall:>9}"


def table(told: set[Fact], labelled: set[Fact]) -> list[str]:
    """One line a field that is told or labelled, and the sum."""
    right = Counter(field for _, field, _ in told & labelled)
    said = Counter(field for _, field, _ in told)
    known = Counter(field for _, field, _ in labelled)
    lines = [f"{'field':<22}{'right':>7}{'told':>7}{'labelled':>9}{'precision':>11}{'recall':>9}"]
    lines.extend(
        _line(field, right[field], said[field], known[field])
        for field in ("kind", *FIELDS)
        if said[field] or known[field]
    )
    return [*lines, _line("all", right.total(), said.total(), known.total())]


def main() -> int:
    """Print the table, then every fact missed or told wrongly."""
    if len(sys.argv) != 2:
        sys.stderr.write("Give the path of the file of team records.\n")
        return 2
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    told, labelled = _facts(_readings(Path(sys.argv[1]), set(gold))), _labelled(gold)
    lines = table(told, labelled)
    lines += [f"missed  {' '.join(fact)}" for fact in sorted(labelled - told)]
    lines += [f"wrong   {' '.join(fact)}" for fact in sorted(told - labelled)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
