/** What was written about a record: its lines as this phone keeps them, the oldest first. */
import type { State, Store } from "../outbox/store";

type Values = Readonly<Record<string, unknown>>;

export interface Line {
  readonly q: number;
  /** Of what it is: the record itself, or a file of it. */
  readonly type: string;
  readonly kind: string;
  readonly at: string;
  readonly data: Values;
  readonly before: Values;
  readonly state: State;
  /** Why it was set aside, as the server told it. */
  readonly why: string;
}

/** One value that a line changed. */
export interface Change {
  readonly name: string;
  readonly from: unknown;
  readonly to: unknown;
}

export async function linesOf(store: Store, id: string): Promise<readonly Line[]> {
  const ops = await store.ops.where("rec").equals(id).sortBy("q");
  const held = ops.filter((op) => op.state !== "issued_again");
  return Promise.all(
    held.map(async (op) => {
      const told = JSON.parse(await store.reveal(`op:${op.q}`, op.c));
      const { t: type, k: kind, at, d: data, b: before = {} } = told;
      return { q: op.q, type, kind, at, data, before, state: op.state, why: op.why };
    }),
  );
}

/** What a line changed; of a month each cell stands for itself. */
export function changesOf(line: Line): readonly Change[] {
  const data = (line.data.cells ?? line.data) as Values;
  return Object.entries(data)
    .filter(([name]) => name !== "reason")
    .map(([name, to]) => ({ name, from: line.before[name], to }));
}

/**
 * Where a record is, by all its lines: what is only on the phone comes first, then what a person
 * has to look at. It has arrived when every line has; where the office took none of them, it stayed out.
 */
export function whereIs(states: readonly State[]): State {
  const worst = (["queued", "conflict", "quarantined"] as const).find((s) => states.includes(s));
  if (worst) return worst;
  return states.length > 0 && states.every((s) => s === "stayed") ? "stayed" : "on_server";
}

/** The values of `now` that are not those of `was`; one that is gone is ''. Absent is ''. */
export function differing(was: Values, now: Values): { data: Values; before: Values } {
  const data: Record<string, unknown> = {};
  const before: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(was), ...Object.keys(now)])) {
    const [old, fresh] = [was[name] ?? "", now[name] ?? ""];
    if (JSON.stringify(old) === JSON.stringify(fresh)) continue;
    data[name] = fresh;
    before[name] = old;
  }
  return { data, before };
}
