import type { Voided } from "../see/team";
import { becomes } from "./becoming";
import { chained } from "./chain";
import { copyLines, copyShots } from "./copies";
import { freshId } from "./ids";
import { forget, isSent, type Owed, owedOf, owes, type Went, wentAs } from "./owed";
import type { Chain, Enrolment, Op, Rec, Store } from "./store";

export type Type = "visits" | "record" | "count" | "check_in" | "signature" | "message";

/** The form of a type's lines, where it is not the first: since the second, records say more, and
 * a signature may be refused. */
const FORMS: Partial<Record<Type, number>> = { record: 2, signature: 2 };

/** What is to be done with a record; `before` holds what was seen of the values that change. */
export interface Said {
  readonly id: string;
  readonly type: Type;
  readonly kind: "create" | "set" | "void";
  readonly data: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly month: string;
  /** The form whose draft this was. */
  readonly draft?: string;
  /** What a signature is of, as it stood in the lists then: it is shown, and not sent. */
  readonly about?: About;
  /** What of it was set aside before is sent anew with this. */
  readonly anew?: boolean;
}

export type About = Readonly<Record<string, unknown>>;

/** A record in clear, as it is shown. */
export interface Told {
  readonly id: string;
  readonly type: Type;
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly gone?: boolean;
  /** Why it was a mistake and who said so, as the server told it. */
  readonly voided?: Voided;
  readonly about?: About;
}

/**
 * Keep a record and its line in one strict transaction, and let the draft go. Only when this ends
 * may anybody be told "saved". Two tabs wait for each other.
 */
export async function keep(
  store: Store,
  said: Said,
  now: Date,
  pictures: readonly string[] = [],
): Promise<Told> {
  return alone(async () => {
    if (owes(store.name)) {
      await keepCalls(store, said.id); // called since this save began: they come before it
      if (said.type === "check_in") await notPast(store, said.id);
    }
    const known = ends.get(store);
    if (!known) return keepOn(store, said, now, pictures, undefined);
    try {
      return await keepOn(store, said, now, pictures, known);
    } catch (trouble) {
      if (!isMoved(trouble)) throw trouble;
      return keepOn(store, said, now, pictures, undefined); // another tab went on meanwhile
    }
  });
}

/** Where the chain of a store stood after the last line that this page kept. */
const ends = new WeakMap<Store, End>();

/** The chain does not stand where this page left it. */
class Moved extends Error {}

function isMoved(trouble: unknown): boolean {
  const { name, inner } = trouble as { name?: string; inner?: unknown };
  const taken = name === "ConstraintError" || name === "BulkError";
  return trouble instanceof Moved || taken || (inner !== undefined && isMoved(inner));
}

const meant = ({ id, type, kind, data }: Said, at: string) => ({
  r: id, t: type, s: FORMS[type] ?? 1, k: kind, at, d: data,
}); // biome-ignore format: a line

/** The exact text of a new record's line under its number on the wire. */
export const lineOf = (said: Said, at: string, q: number): string =>
  JSON.stringify({ q, ...meant(said, at) });

/** Keep what is owed, in its order. */
export const keepOwedNow = (store: Store): Promise<void> => alone(() => keepCalls(store));

async function keepCalls(store: Store, but = ""): Promise<void> {
  for (const { said } of await owedOf(store)) {
    if (said.id === but) continue;
    const chain = await store.chain();
    const one = (await owedOf(store)).find((other) => other.said.id === said.id); // as it stands now
    if (!chain || !one || (await goesAnew(store, one))) continue;
    if (!(await store.recs.get(said.id))) await keepCall(store, one, chain);
    await forget(store, said.id);
  }
}

/** A word is not kept past one that is not: the older would be told as the last. Nor in the lines of
 * who this phone is no more, which go only once there is room to be the other: held, it goes at once. */
async function notPast(store: Store, id: string): Promise<void> {
  const others = (await owedOf(store)).some((one) => one.said.id !== id);
  if (others || (await becomes(store))) throw new Error("Words before it are not kept yet.");
}

/** It went as the installation that this phone becomes: then it is kept with all that is issued again.
 * Or it went not at all: it goes as that one, and not only when there is room for that. */
async function goesAnew(store: Store, one: Owed): Promise<boolean> {
  const anew = await becomes(store);
  return anew !== undefined && (!isSent(one) || one.sent?.inst === anew.inst);
}

async function keepCall(store: Store, { said, at, sent }: Owed, chain: Chain): Promise<void> {
  const went = sent?.state && sent.inst === chain.inst ? sent : undefined;
  const free = went && !(await store.ops.get(went.q + chain.base));
  if (free) await put(store, { said, at, sent: went }, chain.base);
  else await keepOn(store, said, new Date(at), [], undefined);
}

/** Keep a record whose line the server holds already, under the number and the hash that it has. */
async function put(store: Store, one: Went, base: number): Promise<void> {
  const { op, rec } = await asItWent(store, one, base);
  const before = (await store.ops.get(op.q - 1))?.h ?? "";
  const takeBack = await copyLines(store.name, { ops: [op], rec, before });
  ends.delete(store);
  const done = store.transaction("rw", store.ops, store.recs, async () => {
    await store.ops.add(op);
    await store.recs.put(rec);
  });
  await done.catch(async (trouble) => {
    await takeBack();
    throw trouble;
  });
}

async function asItWent(store: Store, { said, at, sent }: Went, base: number) {
  const { id, type, data, month } = said;
  const { h, why, came = 0, slow = 0, state } = sent;
  const q = sent.q + base;
  const told: Told = { id, type, at, data };
  const [c, line] = await Promise.all([
    store.conceal(`rec:${id}`, told),
    store.conceal(`op:${q}`, lineOf(said, at, sent.q)),
  ]);
  const where = { q, h, state: state || "on_server", why, came, slow } as const;
  const op: Op = { ...where, rec: id, at: new Date(at).getTime(), c: line };
  const rec: Rec = { id, type, month, q, c };
  return { op, rec };
}

/** On top of `known` where that is still the end: then nothing is read before a new record. */
async function keepOn(
  store: Store,
  said: Said,
  now: Date,
  pictures: readonly string[],
  known: End | undefined,
): Promise<Told> {
  const { id, type, kind, data, before } = said;
  const bare = meant(said, now.toISOString());
  const fresh = known && kind === "create" && !said.anew;
  const { end, row } = fresh ? { end: known, row: undefined } : await found(store, id);
  const old = row && (await opened(store, row));
  const whole = together(old?.data ?? {}, data);
  const rec: Told = {
    id,
    type,
    at: old?.at ?? now.toISOString(),
    data: kind === "void" ? (old?.data ?? {}) : whole,
    ...(kind === "void" ? { gone: true } : {}),
    ...(said.about ? { about: said.about } : {}),
  };
  const [op, c] = await Promise.all([
    next(store, id, before ? { ...bare, b: before } : bare, now, end),
    store.conceal(`rec:${id}`, rec),
  ]);
  const ops = [op, ...(await linesOf(store, op, end.base, pictures, now))];
  const last = ops.at(-1) ?? op;
  const shown: Rec = { id, type, month: said.month, q: last.q, c };
  const { recs, drafts, blobs, meta } = store;
  const tables = [
    store.ops,
    recs,
    drafts,
    ...(fresh ? [meta] : []),
    ...(pictures.length ? [blobs] : []),
  ];
  await copyShots(store, id, pictures);
  const prior = hashAt(op.q - end.base, end.last);
  const takeBack = await copyLines(store.name, { ops, rec: shown, before: prior });
  ends.delete(store);
  const done = store.transaction("rw", tables, () =>
    // asked for together, done in this order, all or nothing
    Promise.all([
      fresh ? still(store, end) : undefined,
      said.anew ? outdate(store, id) : undefined,
      store.ops.bulkAdd(ops),
      recs.put(shown),
      pictures.length ? wait(store, id, pictures, now) : undefined,
      said.draft ? drafts.delete(said.draft) : undefined,
    ]),
  );
  await done.catch(async (trouble) => {
    await takeBack();
    throw trouble;
  });
  ends.set(store, { last, base: end.base });
  return rec;
}

/** A number that is taken fails by itself; a chain that began anew has another beginning. */
async function still(store: Store, { base }: End): Promise<void> {
  if ((await store.chain())?.base !== base) throw new Moved();
}

/** Lines of a record that were set aside wait for nobody here any more. */
function outdate(store: Store, rec: string): PromiseLike<number> {
  const aside = store.ops
    .where("rec")
    .equals(rec)
    .and((op) => op.state === "quarantined");
  return aside.modify({ state: "issued_again" });
}

/** A line for each picture, after that of its record. */
async function linesOf(
  store: Store,
  first: Op,
  base: number,
  pictures: readonly string[],
  now: Date,
): Promise<Op[]> {
  const ops: Op[] = [];
  for (const sha256 of pictures) {
    const d = { of: "record", record: first.rec, sha256 };
    const said = { r: freshId(now), t: "file", s: 1, k: "create", at: now.toISOString(), d };
    ops.push(await next(store, first.rec, said, now, { last: ops.at(-1) ?? first, base }));
  }
  return ops;
}

/** Pictures of a record that was kept wait to be sent. */
async function wait(store: Store, rec: string, pictures: readonly string[], now: Date) {
  for (const blob of await store.blobs.bulkGet([...pictures])) {
    if (!blob) throw new Error("A picture is not on this phone.");
    const recs = [...new Set([...blob.recs, rec])];
    // also what arrived with another is offered again: a server keeps it with what it belongs to
    await store.blobs.put({ ...blob, recs, state: "queued", at: now.getTime() });
  }
}

/** The record with what changed; of a month's cells those that did. */
function together(old: Told["data"], data: Told["data"]): Told["data"] {
  if (!data.cells) return { ...old, ...data };
  return { ...old, ...data, cells: { ...(old.cells ?? {}), ...data.cells } };
}

export async function told(store: Store, id: string): Promise<Told | undefined> {
  const row = await store.recs.get(id);
  return row && opened(store, row);
}

async function opened(store: Store, { id, c }: Rec): Promise<Told> {
  return JSON.parse(await store.reveal(`rec:${id}`, c)) as Told;
}

/**
 * The server holds other bytes under our numbers (a copied profile, a phone set back): go on as a
 * new installation, and issue again what has not arrived, or `all` where the server knows nothing
 * of us any more. The record ids stay, and each line names the one that it was: nothing is counted
 * twice. A call that went as that installation already stands first. All of it, or where there is
 * no room nothing: half of it could never be sent.
 */
export async function issueAgain(store: Store, enrolment: Enrolment, all = false): Promise<number> {
  return alone(async () => {
    const before = await store.chain();
    const rows = await store.ops.orderBy("q").toArray();
    const base = rows.at(-1)?.q ?? 0;
    const went = await wentAs(store, enrolment.inst);
    const first = await Promise.all(went.map((one) => asItWent(store, one, base)));
    let last = first.at(-1)?.op ?? rows.at(-1);
    const again: { old: Op; op: Op }[] = [];
    for (const old of rows) {
      if (all ? old.state === "issued_again" : old.state !== "queued") continue;
      const { q, ...said } = JSON.parse(await store.reveal(`op:${old.q}`, old.c)) as { q: number };
      const o = (said as { o?: unknown }).o ?? { inst: before?.inst, q, h: old.h };
      last = await next(store, old.rec, { ...said, o }, new Date(old.at), { last, base });
      again.push({ old, op: last });
    }
    const c = await store.conceal("kept:enrolment", enrolment);
    const { ops, recs, kept, meta, blobs } = store;
    ends.delete(store);
    await store.transaction("rw", [ops, recs, kept, meta, blobs], async () => {
      await store.begin(c, { inst: enrolment.inst, base });
      await blobs.where("state").equals("turned_away").modify({ state: "queued" });
      await ops.bulkAdd([...first, ...again].map((one) => one.op));
      await recs.bulkPut(first.map((one) => one.rec));
      for (const { old, op } of again) {
        await ops.update(old.q, { state: "issued_again" });
        await recs.where("q").equals(old.q).modify({ q: op.q });
      }
    });
    return again.length;
  });
}

/** Where the chain stands: its last line, and the number before its first. */
interface End {
  readonly last: Op | undefined;
  readonly base: number;
}

async function endOf(store: Store): Promise<End> {
  const [last, chain] = await Promise.all([store.ops.orderBy("q").last(), store.chain()]);
  if (!chain) throw new Error("This phone's memory was lost: what stood in it comes back first.");
  return { last, base: chain.base };
}

/** The hash that the line of this number, the wire's, is chained to. */
const hashAt = (q: number, last: Op | undefined): string => (q === 1 ? "" : (last?.h ?? ""));

/** What a record is kept on top of, read at once: to open a transaction costs a weak phone most. */
async function found(store: Store, id: string): Promise<{ end: End; row: Rec | undefined }> {
  return store.transaction("r", store.ops, store.meta, store.recs, async () => {
    const [end, row] = await Promise.all([endOf(store), store.recs.get(id)]);
    return { end, row };
  });
}

/** The next line of the chain, with the number that the wire gives it. */
async function next(
  store: Store,
  rec: string,
  said: Readonly<Record<string, unknown>>,
  now: Date,
  { last, base }: End,
): Promise<Op> {
  const q = (last?.q ?? 0) + 1;
  const text = JSON.stringify({ q: q - base, ...said });
  const [h, c] = await Promise.all([
    chained(hashAt(q - base, last), text),
    store.conceal(`op:${q}`, text),
  ]);
  return { q, rec, h, state: "queued", why: "", at: now.getTime(), c };
}

/** One writer over all tabs of this phone. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  return navigator.locks.request("marrow-outbox", work) as Promise<T>;
}
