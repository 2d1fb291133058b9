/** What counts of our records: a line that the office set aside was not taken. */
import type { Store } from "../outbox/store";
import type { Shown } from "../shell/app";
import { type Line, linesOf } from "./history";
import { bare } from "./team";

type Values = Readonly<Record<string, unknown>>;
type Here = Omit<ReturnType<typeof bare>, "by">;

const ASIDE: readonly string[] = ["quarantined", "stayed"];
export const isAside = (line: Pick<Line, "state">): boolean => ASIDE.includes(line.state);

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
  const [lines, here] = await Promise.all([linesOf(store, rec.id), hereOf(store, rec.id)]);
  return withoutAside(rec, lines, here);
}

/** A record as the server told it last; undefined where it told none. */
export async function hereOf(store: Store, id: string): Promise<Here | undefined> {
  const seen = await store.seen.get(id);
  if (!seen) return undefined;
  const { d } = JSON.parse(await store.reveal(`seen:${id}`, seen.c)) as { d: Values };
  const { by: _by, ...here } = bare(d);
  return here;
}

/** A record without what was set aside of it: as the server told it, with what waits to be sent.
 * Undefined where it was never taken, or taken back. */
export function withoutAside(rec: Shown, all: readonly Line[], here?: Here): Shown | undefined {
  const lines = all.filter((line) => line.type !== "file");
  if (!lines.some(isAside)) return rec;
  const { gone, voided, ...bareRec } = rec;
  if (here) return { ...bareRec, ...atop(here, lines, (line) => line.state === "queued") };
  const made = lines.filter((line) => line.kind === "create");
  if (made.length > 0 && made.every(isAside)) return undefined;
  const data = without(rec.data, lines, (line) => line.state === "quarantined");
  const taken = lines.some((line) => line.kind === "void" && !isAside(line));
  return { ...rec, data, gone: Boolean(gone && (taken || voided)) };
}

/** What the server told, and on top of it those lines of ours. */
export function atop(here: Here, lines: readonly Line[], on: (line: Line) => boolean): Here {
  const more = lines.filter(on);
  const sets = more.filter((line) => line.kind === "set").map((line) => line.data);
  const gone = here.gone || more.some((line) => line.kind === "void");
  return { ...here, data: Object.assign({}, here.data, ...sets), gone };
}

/** Our own values without some lines: what was seen before them, and what was written since. Of a
 * month's cells the month itself tells what stands. */
export function without(
  data: Values,
  lines: readonly Line[],
  out: (line: Line) => boolean,
): Values {
  const sets = lines.filter((line) => line.kind === "set");
  const first = sets.findIndex(out);
  if (first < 0 || data.cells) return data;
  const befores = sets.filter(out).map((line) => line.before);
  const since = sets.slice(first).filter((line) => !out(line));
  return Object.assign({}, data, ...befores.reverse(), ...since.map((line) => line.data));
}
