/**
 * Calls for help, and words that one is safe, that this phone has no room for: held beside its
 * database, where all tabs know of them; where that place takes nothing either, by this tab alone.
 * Each is held until it lies in the phone's memory, also after the server has it.
 */
import { type Bytes, fromBase64, toBase64 } from "../vault/seal";
import type { Said } from "./keep";
import type { Enrolment, Op, Store } from "./store";

/** A line as it was sent: its number on the wire, the hash with it, and of which installation. */
export interface Sent {
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
export type Went = Owed & { readonly sent: Sent };

/** What is held for one account. */
interface Held {
  readonly all: readonly Owed[];
  /** The installation that this phone goes on as, once there is room. */
  readonly anew?: Enrolment;
}

interface Slot {
  /** How many of them no server holds. */
  readonly waits: number;
  readonly c: string;
}

const nameOf = (base: string): string => `marrow-call:${base}`;
const pages = new Map<string, string>(); // what no place of the browser takes, this page knows
const TWO_TAPS = 10_000; // ms: who presses again after that calls again, for the office may have ended the first

export const isSent = ({ sent }: Owed): boolean => Boolean(sent?.state);

/** What this tab alone holds, and what all tabs know. */
function slotsOf(base: string): readonly (Slot | undefined)[] {
  const name = nameOf(base);
  const own = pages.get(base) ?? globalThis.sessionStorage?.getItem(name);
  const common = globalThis.localStorage?.getItem(name);
  return [own, common].map((told) => (told ? (JSON.parse(told) as Slot) : undefined));
}

/** How many calls, of whatever word, of this account no server holds. */
export const callsWaiting = (base: string): number =>
  Math.max(...slotsOf(base).map((slot) => slot?.waits ?? 0));

/** Whether anything is held of this account that is not in its memory. */
export const owes = (base: string): boolean => slotsOf(base).some(Boolean);

async function opened(store: Store, slot: Slot | undefined): Promise<Held> {
  if (!slot) return { all: [] };
  const told = JSON.parse(await store.reveal("call", fromBase64(slot.c) as Bytes));
  return Array.isArray(told) ? { all: told } : told; // the calls alone, as older pages read them
}

/** What this tab alone holds. An account that was taken off, and begun anew, has another key: what
 * the tab held of before opens no more, and is let go. What all tabs know of may be the new one's. */
async function openedHere(store: Store, slot: Slot | undefined): Promise<Held> {
  return opened(store, slot).catch((trouble: unknown) => {
    if ((trouble as { name?: string }).name !== "OperationError") throw trouble;
    leave(store.name);
    return { all: [] };
  });
}

export async function heldOf(store: Store): Promise<Held> {
  const [own, common] = slotsOf(store.name);
  const [mine, all] = await Promise.all([openedHere(store, own), opened(store, common)]);
  if (!own || !common) return own ? mine : all; // in the order in which they were said
  const calls = new Map(all.all.map((one) => [one.said.id, one]));
  for (const one of mine.all) {
    const known = calls.get(one.said.id);
    if (!known || !isSent(known)) calls.set(one.said.id, one);
  }
  const byTime = (one: Owed, other: Owed): number => Date.parse(one.at) - Date.parse(other.at);
  return { ...all, ...mine, all: [...calls.values()].sort(byTime) };
}

/** What is not in the phone's memory yet, the oldest first. */
export const owedOf = async (store: Store): Promise<readonly Owed[]> => (await heldOf(store)).all;

/** One over all tabs of this phone. */
export async function alone<T>(what: string, work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  return navigator.locks.request(what, work) as Promise<T>;
}

/** The only way to write what is held: what is pressed, sent or kept meanwhile is not written over. */
export function change(store: Store, how: (held: Held) => Held): Promise<Held> {
  return alone("marrow-call", async () => {
    const held = how(await heldOf(store));
    await hold(store, held);
    return held;
  });
}

async function hold(store: Store, held: Held): Promise<void> {
  const base = store.name;
  if (held.all.length === 0 && !held.anew) return letGo(base);
  const told = held.anew ? held : held.all;
  const c = toBase64(await store.conceal("call", told));
  const waits = held.all.filter((one) => !isSent(one)).length;
  const slot = JSON.stringify({ waits, c });
  if (lies(globalThis.localStorage, nameOf(base), slot)) return leave(base);
  await holdHere(store, held, slot);
}

/** Whether a place of the browser took it. */
function lies(place: Storage | undefined, name: string, slot: string): boolean {
  try {
    place?.setItem(name, slot);
    return place !== undefined;
  } catch {
    return false;
  }
}

/** This tab alone knows it, also when it is loaded anew. What all tabs know tells of before: it goes,
 * unless it holds a call that nobody has. */
async function holdHere(store: Store, { all }: Held, slot: string): Promise<void> {
  const base = store.name;
  leave(base);
  if (!lies(globalThis.sessionStorage, nameOf(base), slot)) pages.set(base, slot);
  const common = await opened(store, slotsOf(base)[1]);
  const waiting = new Set(all.filter((one) => !isSent(one)).map((one) => one.said.id));
  if (!common.all.some((one) => waiting.has(one.said.id)))
    globalThis.localStorage?.removeItem(nameOf(base));
}

/** This tab holds nothing by itself. */
function leave(base: string): void {
  pages.delete(base);
  globalThis.sessionStorage?.removeItem(nameOf(base));
}

/** Forget it with its account. */
export function letGo(base: string): void {
  leave(base);
  globalThis.localStorage?.removeItem(nameOf(base));
}

/** Whether the same was said a moment ago: a second tap, and not a second call. */
export async function isOwed(store: Store, said: Said, now: Date): Promise<boolean> {
  const last = (await owedOf(store)).at(-1);
  if (!last || JSON.stringify(last.said.data) !== JSON.stringify(said.data)) return false;
  const age = now.getTime() - Date.parse(last.at);
  return age >= 0 && age < TWO_TAPS; // by a clock that was set back nobody knows: it is a call
}

/** Hold a call for which there is no room. */
export async function owe(store: Store, said: Said, now: Date): Promise<void> {
  const one = { said, at: now.toISOString() };
  await change(store, (held) => ({ ...held, all: [...held.all, one] }));
}

/** Put down how it was sent; false where it is owed no more, for it lies in the memory. */
export async function note(store: Store, id: string, sent: Sent): Promise<boolean> {
  const noted = (one: Owed): Owed => (one.said.id === id ? { ...one, sent } : one);
  const { all } = await change(store, (held) => ({ ...held, all: held.all.map(noted) }));
  return all.some((one) => one.said.id === id);
}

/** What went as this installation, in its order. */
export async function wentAs(store: Store, inst: string): Promise<readonly Went[]> {
  const went = (one: Owed): one is Went => isSent(one) && one.sent?.inst === inst;
  return (await owedOf(store)).filter(went).sort((one, other) => one.sent.q - other.sent.q);
}

/** Those that went and that the server lost wait again. */
export async function waitAgain(store: Store, isLost: (sent: Sent) => boolean): Promise<void> {
  const lost = ({ sent }: Owed): boolean => Boolean(sent?.state && isLost(sent));
  if (!(await owedOf(store)).some(lost)) return;
  const told = (one: Owed): Owed =>
    one.sent && lost(one) ? { ...one, sent: { ...one.sent, state: "" } } : one;
  await change(store, (held) => ({ ...held, all: held.all.map(told) }));
}

/** It lies in the memory. */
export async function forget(store: Store, id: string): Promise<void> {
  const rest = (all: readonly Owed[]) => all.filter((one) => one.said.id !== id);
  await change(store, (held) => ({ ...held, all: rest(held.all) }));
}

/** What lies there already, kept by another tab or by a page that was closed then, is owed no more. */
export async function forgetKept(store: Store): Promise<void> {
  for (const { said } of await owedOf(store))
    if (await store.recs.get(said.id)) await forget(store, said.id);
}
