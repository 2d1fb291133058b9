/**
 * A call for help, or the word that one is safe, on a phone that has no room for it: it goes straight
 * to the server, as the next line of this phone, and into the phone's own memory as soon as there is
 * room. Until then it is held by the page, and beside the database where that has a word's room left.
 * Told twice it is one call, for its record has one id.
 */
import { type Bytes, fromBase64, toBase64 } from "../vault/seal";
import { chained } from "./chain";
import { keep, lineOf, put, type Said } from "./keep";
import { type Answer, body, Fork, hashBefore, type Send, tookAt } from "./push";
import type { Op, Store } from "./store";

/** A line as it was sent: its number on the wire, the hash with it, and of which installation. */
interface Sent {
  readonly inst: string;
  readonly q: number;
  readonly h: string;
  /** Where it is; "" while no server said that it holds it. */
  readonly state: Op["state"] | "";
  readonly why: string;
  readonly came?: number | undefined;
  readonly slow?: number | undefined;
}

export interface Owed {
  readonly said: Said;
  readonly at: string;
  readonly sent?: Sent;
}

interface Slot {
  /** How many of them no server holds. */
  readonly waits: number;
  readonly c: string;
}

const nameOf = (base: string): string => `marrow-call:${base}`;
const here = new Map<string, string>(); // a phone that is full may keep no such word either
const AGAIN = 300_000; // ms: who says the same later means a later hour
const AT_ONCE = 50; // lines before it that go in one request

export const isSent = ({ sent }: Owed): boolean => Boolean(sent?.state);

function slotOf(base: string): Slot | undefined {
  const name = nameOf(base);
  const told =
    here.get(base) ??
    globalThis.localStorage?.getItem(name) ??
    globalThis.sessionStorage?.getItem(name);
  return told ? (JSON.parse(told) as Slot) : undefined;
}

/** How many calls, of whatever word, of this account are on this page alone. */
export const callsWaiting = (base: string): number => slotOf(base)?.waits ?? 0;

/** What is not in the phone's memory yet, the oldest first. */
export async function owedOf(store: Store): Promise<readonly Owed[]> {
  const slot = slotOf(store.name);
  if (!slot) return [];
  return JSON.parse(await store.reveal("call", fromBase64(slot.c) as Bytes)) as Owed[];
}

async function hold(store: Store, all: readonly Owed[]): Promise<void> {
  if (all.length === 0) return letGo(store.name);
  const c = toBase64(await store.conceal("call", all));
  const slot = JSON.stringify({ waits: all.filter((one) => !isSent(one)).length, c });
  here.set(store.name, slot);
  const name = nameOf(store.name);
  try {
    globalThis.localStorage?.setItem(name, slot);
    globalThis.sessionStorage?.removeItem(name);
  } catch {
    outliveReload(name, slot);
  }
}

/** What even the small place refuses is known to this tab, also when it is loaded anew: else the
 * phone knew no more of a line that the server has, and had to begin as another. */
function outliveReload(name: string, slot: string): void {
  try {
    globalThis.sessionStorage?.setItem(name, slot);
    globalThis.localStorage?.removeItem(name); // it tells of before
  } catch {
    // this page holds it all the same
  }
}

/** Forget it with its account. */
export function letGo(base: string): void {
  here.delete(base);
  globalThis.localStorage?.removeItem(nameOf(base));
  globalThis.sessionStorage?.removeItem(nameOf(base));
}

/** Whether the same is said already, and waits, or was said a moment ago: then it is not said twice. */
export async function isOwed(store: Store, said: Said, now: Date): Promise<boolean> {
  const last = (await owedOf(store)).at(-1);
  if (!last || JSON.stringify(last.said.data) !== JSON.stringify(said.data)) return false;
  return !isSent(last) || now.getTime() - new Date(last.at).getTime() < AGAIN;
}

/** Hold a call for which there is no room. */
export async function owe(store: Store, said: Said, now: Date): Promise<void> {
  await hold(store, [...(await owedOf(store)), { said, at: now.toISOString() }]);
}

/** Send each to the server; tells whether one arrived. Raises what stops it. */
export async function callNow(store: Store, send: Send, now: () => Date): Promise<boolean> {
  let arrived = false;
  for (const one of await owedOf(store)) {
    if (isSent(one)) continue;
    const note = async (sent: Sent): Promise<void> => {
      const all = await owedOf(store);
      await hold(
        store,
        all.map((other) => (other.said.id === one.said.id ? { ...other, sent } : other)),
      );
    };
    await sendOne({ store, send, now }, one, note);
    arrived = true;
  }
  return arrived;
}

interface Way {
  readonly store: Store;
  readonly send: Send;
  readonly now: () => Date;
}

/** What waits goes before it, for lines are taken in order; then it, on top of what the server has. */
async function sendOne(
  { store, send, now }: Way,
  { said, at, sent }: Owed,
  note: (sent: Sent) => Promise<void>,
): Promise<void> {
  const me = await store.enrolment();
  const chain = await store.chain();
  if (!me || !chain) throw new Error("This phone is not known yet.");
  const { base } = chain;
  const push = async (from: number, lines: readonly string[], before: string): Promise<Answer> => {
    const answer = await send(body(me.inst, from, lines, before, now()), me.token);
    if (answer.fork) throw new Fork("The server holds other lines under these numbers.");
    return answer;
  };
  const ours = (await store.ops.orderBy("q").last())?.q ?? base;
  let there = await push(ours - base + 1, [], await hashBefore(store, ours + 1, base));
  while (there.ack + base < ours) {
    const next = store.ops.where("q").above(there.ack + base);
    const ops = await next.limit(AT_ONCE).sortBy("q");
    const first = there.ack + base + 1;
    if (ops[0]?.q !== first) throw new Error("The server lacks lines that are not here.");
    const lines = await Promise.all(ops.map((op) => store.reveal(`op:${op.q}`, op.c)));
    const before = await hashBefore(store, first, base);
    const after = await push(first - base, lines, before);
    if (after.ack <= there.ack) throw new Error("The server took nothing.");
    there = after;
  }
  if (sent?.inst === me.inst && sent.q === there.ack && sent.h === there.h)
    return note({ ...sent, ...tookAt(there, now()), state: "on_server" }); // it arrived, and only the answer was lost
  const q = there.ack + 1;
  const before = there.ack === 0 ? "" : (there.h ?? (await hashBefore(store, ours + 1, base)));
  const text = lineOf(said, at, q);
  const line = { inst: me.inst, q, h: await chained(before, text), state: "", why: "" } as const;
  await note(line);
  const answer = await push(q, [text], before);
  if (answer.ack < q) throw new Error("The server took nothing.");
  const told = answer.notes.find((one) => one.q === q && one.st === "quarantined");
  const state = told ? "quarantined" : "on_server";
  await note({ ...line, ...tookAt(answer, now()), state, why: told?.why ?? "" });
}

/** One sender over all tabs of this phone. */
export async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  return navigator.locks.request("marrow-push", work) as Promise<T>;
}

/** Keep what is owed, as soon as there is room; what was not sent waits like every other line. */
export async function keepOwed(store: Store): Promise<void> {
  if (slotOf(store.name)) await oneAtATime(() => keepAll(store)); // not while it is on its way
}

async function keepAll(store: Store): Promise<void> {
  for (const { said, at, sent } of await owedOf(store)) {
    const chain = await store.chain();
    if (!chain) return;
    const q = (sent?.q ?? 0) + chain.base;
    const free = sent?.state && sent.inst === chain.inst && !(await store.ops.get(q));
    if (!free) await keep(store, said, new Date(at));
    else {
      const { h, why, came = 0, slow = 0 } = sent;
      const told = { id: said.id, type: said.type, at, data: said.data };
      const text = lineOf(said, at, sent.q);
      await put(
        store,
        { q, h, state: sent.state || "on_server", why, came, slow },
        said.month,
        told,
        text,
      );
    }
    await hold(
      store,
      (await owedOf(store)).filter((one) => one.said.id !== said.id),
    );
  }
}
