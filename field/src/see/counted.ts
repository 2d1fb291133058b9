/** What counts of our records: a line that the office set aside was not taken. */
import type { Store } from "../outbox/store";
import type { Shown } from "../shell/app";
import { type Line, linesOf } from "./history";

const ASIDE: readonly string[] = ["quarantined", "stayed"];
export const isAside = (line: Line): boolean => ASIDE.includes(line.state);

export interface Counted {
  readonly works: readonly Shown[];
  /** How many are in no figure, for the office did not take them. */
  readonly out: number;
}

/** The records as they count at the office. */
export async function countedOf(store: Store, recs: readonly Shown[]): Promise<Counted> {
  const found = await Promise.all(recs.map((rec) => asTaken(store, rec)));
  const works = found.filter((rec) => rec !== undefined);
  return { works, out: recs.length - works.length };
}

async function asTaken(store: Store, rec: Shown): Promise<Shown | undefined> {
  if (rec.state === "on_server") return rec;
  return withoutAside(rec, await linesOf(store, rec.id));
}

/** A record without what was set aside of it; undefined where it was never taken, or taken back. */
export function withoutAside(rec: Shown, all: readonly Line[]): Shown | undefined {
  const lines = all.filter((line) => line.type !== "file");
  const made = lines.filter((line) => line.kind === "create");
  if (made.length > 0 && made.every(isAside)) return undefined;
  const held = lines.filter((line) => line.state === "quarantined");
  if (held.length === 0) return rec;
  const data = { ...rec.data };
  for (const { kind, before } of [...held].reverse())
    if (kind === "set") Object.assign(data, before);
  const voided = lines.some((line) => line.kind === "void" && !isAside(line));
  return { ...rec, data, gone: Boolean(rec.gone && (voided || rec.voided)) };
}
