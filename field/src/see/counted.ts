/** What counts of our records: a line that the office set aside was not taken. */
import type { Store } from "../outbox/store";
import type { Shown } from "../shell/app";
import { type Line, linesOf } from "./history";
import { bare } from "./team";

type Values = Readonly<Record<string, unknown>>;
type Here = Omit<ReturnType<typeof bare>, "by">;

const ASIDE: readonly string[] = ["quarantined", "stayed"];
export const isAside = (line: Pick<Line, "state">): boolean => ASIDE.includes(line.state);
/** Of two values that part, what stands at the office counts until a person chose. */
export const isOut = (line: Pick<Line, "state">): boolean =>
  isAside(line) || line.state === "conflict";

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
  const data = without(rec.data, lines, isOut);
  const taken = lines.some((line) => line.kind === "void" && !isOut(line));
  return { ...rec, data, gone: Boolean(gone && (taken || voided)) };
}

/** What the server told, and on top of it those lines of ours. */
export function atop(here: Here, lines: readonly Line[], on: (line: Line) => boolean): Here {
  const more = lines.filter(on);
  const sets = more.filter((line) => line.kind === "set").map((line) => line.data);
  const gone = here.gone || more.some((line) => line.kind === "void");
  return { ...here, data: Object.assign({}, here.data, ...sets), gone };
}

/** Our own values without some lines: what stands at the office, as far as our lines tell, and on top
 * of it what was taken or waits. Of a month's cells the month itself tells what stands. */
export function without(
  data: Values,
  lines: readonly Line[],
  out: (line: Line) => boolean,
): Values {
  const sets = lines.filter((line) => line.kind === "set");
  const names = new Set(sets.filter(out).flatMap((line) => Object.keys(line.before)));
  if (data.cells) return data;
  const stands = [...names].map((name) => [name, standing(name, data, sets, out)]);
  return { ...data, ...Object.fromEntries(stands) };
}

/** Of one value: what somebody saw that our line before did not write, the office had told. */
function standing(
  name: string,
  data: Values,
  sets: readonly Line[],
  out: (line: Line) => boolean,
): unknown {
  let stands: unknown = "";
  let wrote: unknown = "";
  for (const line of sets.filter((set) => name in set.before)) {
    if (isOther(line.before[name], wrote)) stands = line.before[name];
    wrote = line.data[name];
    if (!out(line)) stands = wrote;
  }
  return isOther(data[name], wrote) ? data[name] : stands;
}

const isOther = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? "") !== JSON.stringify(other ?? "");
