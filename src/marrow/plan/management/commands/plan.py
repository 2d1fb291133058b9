"""`marrow plan solve|check|explain|book|schema`: the planner alone, from file to file, no database.

Exit codes: 0 done; 1 the plan breaks a rule; 2 a file cannot be read or makes no sense (each record
is named, and nothing is written); 130 Ctrl-C ended the program.
"""

from __future__ import annotations

import argparse
import errno
import json
import math
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marrow.core.refusals import Refused
from marrow.plan.management.interrupt import Interrupt
from marrow.plan.queries.alone import empty_seats, plan_book, reasons_of_empty
from marrow.plan.queries.wording import tier_words
from marrow.plan.queries.workbook import called_by, cells_of, sentence_of, where, workbook
from marrow.plan.rules.checker import breaches
from marrow.plan.rules.engine.explain import Excluded, Gained, Reason, gained, reason
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.others import Other
from marrow.plan.rules.engine.repair import Repairs, repairs
from marrow.plan.rules.engine.solve import Impossible, Progress, solve
from marrow.plan.rules.problem import MOST_SEED, Plan, Problem
from marrow.plan.rules.reading import BadFile, plan_from, problem_from
from marrow.plan.rules.said import Said, said
from marrow.plan.rules.sense import at_odds_within, sense_of
from marrow.plan.rules.workbook.reading import problem_of
from marrow.plan.words import costs_others, rule, sentence
from marrow.plan.words.reasons import PIN_THEM_TOO, SPENT_ANYWHERE, none_fills

BROKEN, BAD = 1, 2


def _seconds(told: str | None) -> float | None:
    """Raises CommandError."""
    if told is None:
        return None
    try:
        seconds = float(told)
    except ValueError:
        seconds = math.nan
    if not (0 < seconds < math.inf):
        raise CommandError(f"--seconds must be more than 0 (found {told}).", returncode=BAD)
    return seconds


def _seed(told: str | None) -> int | None:
    """Raises CommandError."""
    if told is None:
        return None
    if not (told.isascii() and told.isdigit() and len(told) < 11 and int(told) <= MOST_SEED):
        raise CommandError(
            f"--seed must be a whole number from 0 to {MOST_SEED} (found {told}).", returncode=BAD
        )
    return int(told)


REASONS = 5.0  # seconds beyond --seconds in which reasons of empty seats may be reckoned
MOST_TOLD = 12  # empty seats, each with its reason
FEW_ENOUGH = 2_000  # seats of a problem of which reasons are told at once


def _left_empty(problem: Problem, plan: Plan, why: Mapping[str, Reason]) -> list[str]:
    """A sentence for each empty seat whose reason is known, and one for all others."""
    empty = empty_seats(problem, plan)
    if not empty:
        return []
    nobody = len(empty) == len(problem.seats)
    told = [f"Nobody goes: all {len(empty)} seats stay empty."] if nobody else []
    told += [f"{s.id} stays empty: {_words(why[s.id])}" for s in empty if s.id in why][:MOST_TOLD]
    if more := len(empty) - min(len(why), MOST_TOLD):
        stay = "seat stays" if more == 1 else "seats stay"
        further = " more" if why else ""
        told.append(f"{more}{further} {stay} empty; “marrow plan explain” tells why.")
    return told


def _words(told: Reason) -> str:
    out = [f"{one.count} ✗ {rule(one.rule)}" for one in told.excluded if one.count]
    return " ".join(sentence(why) for why in told.why) + (f" ({'; '.join(out)})" if out else "")


def _listed(out: Excluded) -> str:
    return ", ".join(out.people) + ", …" * (len(out.people) < out.count)


def _points(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}"


def _cost(other: Other) -> str:
    if other.cost is None or other.exact or other.least is None:
        known, sign = other.known, "" if other.exact or other.cost is None else "≤ "
        return "–" if known is None else f"{sign}{_points(known)}"
    return f"{_points(other.least)}; mended {_points(other.cost)}"


def _proved(out: Path, *endings: str) -> None:
    """Raises CommandError where a file's name promises what is not written into it, or where no
    file can be: before hours of work go into it."""
    if out.suffix.lower() not in endings:
        told = f"--out must end in {' or '.join(endings)} (found {out.name})."
        raise CommandError(told, returncode=BAD)
    if not out.absolute().parent.is_dir():
        raise _unwritten(out, os.strerror(errno.ENOENT))
    if out.is_dir():
        raise _unwritten(out, os.strerror(errno.EISDIR))


def _unwritten(out: Path, why: str | None) -> CommandError:
    return CommandError(f"{out} cannot be written: {why}", returncode=BAD)


class Command(BaseCommand):
    help = "Solve, check and explain plans from file to file."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        solving = what.add_parser("solve", help="a plan of a problem, with its bound")
        solving.add_argument("problem", type=Path, help="JSON, or a filled workbook (XLSX)")
        solving.add_argument(
            "--out", type=Path, required=True,
            help="where the plan is written: JSON, or sheets to read (.xlsx)",
        )  # fmt: skip
        solving.add_argument(
            "--seconds",
            help="stop after so long with the best so far; the reasons of seats that stay empty"
            f" take at most {REASONS:.0f} s more",
        )
        solving.add_argument("--seed", help="in place of the problem's")
        booking = what.add_parser("book", help="a problem as a workbook to fill in and solve")
        booking.add_argument("problem", type=Path)
        booking.add_argument("--out", type=Path, required=True, help="where the XLSX is written")
        checking = what.add_parser("check", help="whether a plan keeps every rule; 1 if not")
        checking.add_argument("problem", type=Path)
        checking.add_argument("plan", type=Path)
        telling = what.add_parser("explain", help="why each seat is filled or empty")
        telling.add_argument("problem", type=Path)
        telling.add_argument("plan", type=Path)
        telling.add_argument("--seat", action="append", help="this seat alone; may stand again")
        what.add_parser("schema", help="the JSON schema of a problem and of a plan")

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            told: str | None = super().execute(*args, **options)
        except CommandError as wrong:
            if not getattr(self, "_called_from_command_line", False) or options.get("traceback"):
                raise
            self.stderr.write(str(wrong))
            sys.exit(wrong.returncode)
        return told

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        {
            "solve": self._solve, "check": self._check, "explain": self._explain,
            "schema": self._schema, "book": self._book,
        }[what](options)  # fmt: skip

    def _solve(self, options: dict[str, Any]) -> None:
        out: Path = options["out"]
        _proved(out, ".json", ".xlsx")
        problem = self._problem(options["problem"])
        seconds, seed = _seconds(options["seconds"]), _seed(options["seed"])
        until = time.perf_counter() + (math.inf if seconds is None else seconds)
        with Interrupt(ends=getattr(self, "_called_from_command_line", False)) as interrupt:
            try:
                plan = solve(
                    problem, seconds=seconds, seed=seed, should_stop=interrupt.asked,
                    progress=self._step,
                )  # fmt: skip
            except Impossible as impossible:
                raise self._bad(impossible.faults) from None
            for warning in sense_of(problem).warnings:
                self.stderr.write(sentence(warning))
            self._explained(out, problem, plan, until, interrupt)
        self._figures(problem, plan)

    def _explained(
        self, out: Path, problem: Problem, plan: Plan, until: float, interrupt: Interrupt
    ) -> None:
        """The plan is written at once, and again with the reasons of its empty seats, which take
        longer than the plan itself where it is large."""
        sheets = out.suffix.lower() == ".xlsx"

        def write(plan: Plan, why: Mapping[str, Reason]) -> None:
            written = plan_book(problem, plan, why) if sheets else (plan.written() + "\n").encode()
            with interrupt.held():
                self._write(out, written)

        write(plan, {})
        until = max(until, time.perf_counter() + REASONS)
        most = None if sheets else MOST_TOLD if len(problem.seats) <= FEW_ENOUGH else 0
        why = reasons_of_empty(
            problem, plan, most, lambda: interrupt.asked() or time.perf_counter() > until
        )
        if empty := _left_empty(problem, plan, why):
            self.stderr.write("\n".join(empty))
            write(plan.model_copy(update={"log": (*plan.log, *empty)}), why)

    def _figures(self, problem: Problem, plan: Plan) -> None:
        told = plan.critical
        self.stdout.write(
            f"{len(plan.assignments)} of {len(problem.seats)} seats,"
            f" {told.covered} of {told.seats} critical (at most {told.at_most});"
            f" {_points(plan.value)} points, no plan has more than {_points(plan.bound)}"
            f" (gap {100 * plan.gap:.4f} %); stopped: {plan.stopped_because}"
        )

    def _step(self, told: Progress) -> None:
        self.stderr.write(
            f"{told.seconds:7.1f} s  {told.stage:12} {told.value:12.2f}  gap {100 * told.gap:.4f} %"
        )

    def _check(self, options: dict[str, Any]) -> None:
        problem, plan = self._problem(options["problem"]), self._plan(options["plan"])
        if faults := at_odds_within(problem):
            raise self._bad(faults)
        found = breaches(problem, plan)
        for one in found:
            self.stdout.write(sentence(one))
        if found:
            raise CommandError(f"{len(found)} breach{'es' * (len(found) > 1)}.", returncode=BROKEN)
        self.stdout.write("The plan keeps every rule, and its points are as it says.")

    def _explain(self, options: dict[str, Any]) -> None:
        problem, plan = self._problem(options["problem"]), self._plan(options["plan"])
        if faults := sense_of(problem).faults:
            raise self._bad(faults)
        if found := breaches(problem, plan):
            raise self._bad(found)
        standing = Standing.of(problem, plan.assignments)
        known = [s.id for s in problem.seats]
        for name in options["seat"] or known:
            if name not in known:
                raise self._bad([said("no_such_seat", seat=name)])
            told = reason(standing, name)
            self._tell(told, None if told.person else repairs(standing, name))
        if not options["seat"]:
            self._tiers(gained(standing))

    def _tell(self, told: Reason, mended: Repairs | None) -> None:
        self.stdout.write(f"{told.seat}: {told.person or '–'}")
        for why in told.why:
            self.stdout.write(f"  {sentence(why)}")
        for out in told.excluded:
            self.stdout.write(f"  {out.count} ✗ {rule(out.rule)}: {_listed(out)}")
        for other in told.others:
            cost = _cost(other)
            where = ", ".join(map(sentence, other.kept_back)) or ", ".join(other.sits)
            self.stdout.write(f"  ↔ {other.person} ({cost}) {where}".rstrip())
        for rest in told.further:
            sits, about = ", ".join(rest.sits), "–" if rest.about is None else f"≈ {rest.about:.2f}"
            self.stdout.write(f"  ↔ {rest.person} ({about}) {sits}".rstrip())
        if mended:
            self._tell_changes(mended)

    def _tell_changes(self, mended: Repairs) -> None:
        filling = [one for one in mended.found if one.person]
        for one in mended.found:
            lost = [astuple(handover) for handover in one.lost]
            cost = "; ".join(["", *costs_others(one.moves, one.emptied, lost)])
            points = f"{sum(one.tiers):+.2f}"
            self.stdout.write(f"  → {sentence(one.what)}: {one.person or '–'} ({points}){cost}")
        if any(one.what.code in SPENT_ANYWHERE for one in filling):
            self.stdout.write(f"  {PIN_THEM_TOO}")
        if mended.tried and not filling:
            self.stdout.write(f"  {none_fills(mended.tried, sure=mended.sure)}")
        if mended.tried < mended.of:
            self.stdout.write(f"  tried {mended.tried} of {mended.of} changes")

    def _tiers(self, told: Gained) -> None:
        self.stdout.write("points of each tier: nobody sent, greedy, this plan")
        for name, *row in zip(tier_words(), told.empty, told.greedy, told.plan, strict=True):
            self.stdout.write(f"  {name}: " + ", ".join(_points(n) for n in row))

    def _schema(self, _options: dict[str, Any]) -> None:
        forms = {"problem": Problem.model_json_schema(), "plan": Plan.model_json_schema()}
        self.stdout.write(json.dumps(forms, ensure_ascii=False, indent=1))

    def _problem(self, path: Path) -> Problem:
        """From its JSON, or from a filled workbook."""
        if path.suffix.lower() == ".xlsx":
            return self._workbook(path)
        try:
            problem = problem_from(self._text(path))
        except BadFile as bad:
            raise self._bad(bad.faults) from None
        return problem

    def _workbook(self, path: Path) -> Problem:
        self._text(path)
        try:
            read = problem_of(cells_of(path))
        except Refused as refused:
            raise CommandError(str(refused.message), returncode=BAD) from None
        if read.problem is None:
            told = [f"{where(w)}: {sentence_of(w.what)}".removeprefix(": ") for w in read.wrong]
            raise CommandError("\n".join(told), returncode=BAD)
        return read.problem

    def _book(self, options: dict[str, Any]) -> None:
        _proved(options["out"], ".xlsx")
        problem = self._problem(options["problem"])
        self._write(options["out"], workbook(problem, called_by({})))
        self.stdout.write(f"{options['out']}: {len(problem.seats)} seats.")

    def _write(self, path: Path, content: bytes) -> None:
        try:
            path.write_bytes(content)
        except OSError as e:
            raise _unwritten(path, e.strerror) from e

    def _plan(self, path: Path) -> Plan:
        try:
            return plan_from(self._text(path))
        except BadFile as bad:
            raise self._bad(bad.faults) from None

    def _text(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError:
            raise self._bad([said("no_file", name=str(path))]) from None

    def _bad(self, faults: list[Said]) -> CommandError:
        return CommandError("\n".join(sentence(f) for f in faults), returncode=BAD)
