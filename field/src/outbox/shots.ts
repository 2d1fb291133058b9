/** Photographs that no line tells of any more: each counts by itself for what is only on a phone. */
import type { Blob_, Op } from "./store";

type Line = Pick<Op, "q" | "rec" | "at" | "state">;

/**
 * How many of these photographs have no line that waits. A photograph's line goes with its record's
 * or later; lines that were kept at once bear the same moment, the record's own stands first.
 */
export function withoutLine(
  shots: readonly Pick<Blob_, "sha" | "recs">[],
  ops: readonly Line[],
): number {
  const waiting = new Map<string, number>();
  for (const rec of new Set(ops.map((op) => op.rec))) {
    const lines = ops.filter((op) => op.rec === rec);
    waiting.set(rec, linesOfShots(lines).filter((op) => op.state === "queued").length);
  }
  return shots.filter(({ recs }) => {
    const rec = recs.find((one) => waiting.get(one));
    if (rec === undefined) return true;
    waiting.set(rec, (waiting.get(rec) ?? 0) - 1);
    return false;
  }).length;
}

/** Of a record's lines those that are of its photographs. */
function linesOfShots(lines: readonly Line[]): readonly Line[] {
  const held = lines
    .filter((op) => op.state !== "issued_again")
    .sort((one, other) => one.q - other.q);
  return held.filter((op, n) => held.findIndex((one) => one.at === op.at) < n);
}
