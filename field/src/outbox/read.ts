/** What the server tells: records of the team as they stand, and what changed of the lists. */
import { takeOut } from "../carry/out";
import { bare } from "../see/team";
import { copyLists } from "./copies";
import type { Told, Type } from "./keep";
import type { Answer } from "./push";
import type { Seen, State, Store } from "./store";

type Row = Readonly<Record<string, unknown>> & { readonly id?: string };

export interface Line {
  readonly sc?: string;
  readonly to?: string;
  readonly more?: boolean;
  readonly whole?: boolean;
  /** The scope is this person's no more. */
  readonly left?: boolean;
  readonly t?: string;
  readonly r?: string;
  readonly d?: Readonly<Record<string, unknown>>;
  readonly gone?: boolean | readonly string[];
  readonly list?: string;
  readonly all?: unknown;
  readonly put?: readonly Row[];
  readonly as_of?: string;
}

/** Where our last line about a record is so, the record is what the server tells of it. */
const FOLLOWS: readonly State[] = ["on_server", "conflict", "stayed"];

/** No reason and nobody's name came with it. */
const TAKEN_BACK = { why: "", by: "" };

interface Places {
  readonly epoch?: string;
  readonly cur: Readonly<Record<string, string>>;
}

/** How far each scope and list was read. */
export async function cursorsOf(store: Store): Promise<Places> {
  return (await store.value<Places>("places")) ?? { cur: {} };
}

/** Keep what was told and how far that goes, together; tells whether there is more to read. */
export async function take(store: Store, answer: Answer, now: Date): Promise<boolean> {
  const lines = answer.lines ?? [];
  const places = await cursorsOf(store);
  if (lines.length === 0 && places.epoch === answer.epoch) return false;
  const read = new Reading(store, { ...places.cur });
  for (const line of lines) await read.take(line);
  const c = await store.conceal("kept:places", { epoch: answer.epoch, cur: read.cur });
  const lists = await read.reference(now);
  await store.transaction("rw", store.seen, store.recs, store.kept, async () => {
    for (const scope of read.emptied) await store.seen.where("scope").equals(scope).delete();
    await store.seen.bulkDelete([...read.gone]);
    await store.seen.bulkPut([...read.seen.values()]);
    for (const { id, q, c } of read.mine) {
      await store.recs
        .where("q")
        .equals(q)
        .and((rec) => rec.id === id)
        .modify({ c }); // unless something was kept meanwhile
    }
    if (lists) await store.kept.put({ name: "reference", c: lists });
    await store.kept.put({ name: "places", c });
  });
  if (lists) await copyLists(store.name, lists).catch(() => undefined); // told again when read anew
  return read.more;
}

class Reading {
  readonly seen = new Map<string, Seen>();
  readonly gone = new Set<string>();
  readonly emptied = new Set<string>();
  readonly mine: { id: string; q: number; c: Seen["c"] }[] = [];
  more = false;
  private scope = "";
  private asOf: string | undefined;
  private lists: Record<string, unknown> | undefined;

  constructor(
    private readonly store: Store,
    readonly cur: Record<string, string>,
  ) {}

  async take(line: Line): Promise<void> {
    if (line.list !== undefined) return this.list(line.list, line);
    if (line.t === "picture") return takeOut(this.store, line.d ?? {});
    if (line.r !== undefined) return this.record(line.r, line);
    this.scope = line.sc ?? this.scope;
    if (line.more) this.more = true;
    if (line.whole || line.left) this.emptied.add(this.scope);
    if (line.left) delete this.cur[this.scope];
    if (line.as_of) this.asOf = line.as_of;
    if (line.to !== undefined) this.cur[this.scope] = line.to;
  }

  private async record(id: string, line: Line): Promise<void> {
    if (!line.d) {
      this.seen.delete(id);
      this.gone.add(id);
      return this.own(id, undefined);
    }
    const told = { t: line.t, d: line.d };
    const c = await this.store.conceal(`seen:${id}`, told);
    this.seen.set(id, { id, scope: this.scope, c });
    await this.own(id, line.d);
  }

  /** Our own record as it stands there, unless a line of ours about it still waits; where two values
   * part, that is what counts until a person chose, and where the office left it, ever after. What
   * was taken back there counts here no more either. */
  private async own(id: string, d: Readonly<Record<string, unknown>> | undefined): Promise<void> {
    const row = await this.store.recs.get(id);
    const state = row && (await this.store.ops.get(row.q))?.state;
    if (!row || !state || !FOLLOWS.includes(state)) return;
    const known = JSON.parse(await this.store.reveal(`rec:${id}`, row.c)) as Told;
    const { gone: _gone, voided: _voided, ...old } = known; // an office may lift a void
    const { data, gone, voided } = d ? bare(d) : { data: old.data, gone: true, voided: TAKEN_BACK };
    const kept: Told = { ...old, type: old.type as Type, data, ...(gone ? { gone, voided } : {}) };
    this.mine.push({ id, q: row.q, c: await this.store.conceal(`rec:${id}`, kept) });
  }

  private async list(name: string, line: Line): Promise<void> {
    this.lists ??= (await this.store.value<Record<string, unknown>>("reference")) ?? {};
    this.cur[`list:${name}`] = line.to ?? "";
    if (line.put === undefined) {
      this.lists[name] = line.all;
      return;
    }
    const gone = new Set(line.gone as readonly string[]);
    const rows = new Map(((this.lists[name] ?? []) as Row[]).map((row) => [row.id, row]));
    for (const row of line.put) rows.set(row.id, row);
    this.lists[name] = [...rows.values()].filter((row) => !gone.has(row.id ?? ""));
  }

  /** The lists sealed anew, where anything of them was told. */
  async reference(now: Date): Promise<Seen["c"] | undefined> {
    if (!this.lists && !this.asOf) return undefined;
    const held = this.lists ?? (await this.store.value<Record<string, unknown>>("reference")) ?? {};
    const account = (await this.store.enrolment())?.account;
    const told = { ...held, account, as_of: this.asOf ?? held.as_of ?? now.toISOString() };
    return this.store.conceal("kept:reference", told);
  }
}
