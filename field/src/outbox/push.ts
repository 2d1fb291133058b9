import { isFull } from "../vault/ballast";
import { asideOf, type Decided, decide, showHere } from "./decided";
import { issueAgain } from "./keep";
import type { Pace } from "./pace";
import type { Line } from "./read";
import { cursorsOf, take } from "./read";
import { ANEW, type Enrolment, ONLY_HERE, type Op, type Store } from "./store";

export interface Answer {
  readonly ack: number;
  readonly fork: boolean;
  readonly notes: readonly { readonly q: number; readonly st: string; readonly why: string }[];
  /** The chain's hash at `ack`. */
  readonly h?: string;
  /** Which life of the server this is. */
  readonly epoch?: string;
  /** The phone was ended: what it sends is kept and set aside, and it is told nothing. */
  readonly ended?: boolean;
  /** It is not the phone that was ended: its person signs in no more. */
  readonly closed?: boolean;
  /** By how many seconds this phone's clock is slow, where that is worth telling. */
  readonly skew?: number;
  /** What the office decided of lines that waited for a person. */
  readonly decided?: readonly Decided[];
  /** What is new for us. */
  readonly lines?: readonly Line[];
}

/** The server holds other bytes under our numbers: see `issueAgain`. */
export class Fork extends Error {}

/** The server does not know this installation: it was set back to before it was enrolled. */
export class Unknown extends Error {}

/** Nothing was heard of this phone for half a year: who it is of signs in once. */
export class Idle extends Error {}

/** Only who this phone is of can make it known again, and they are not signed in. */
export class SignedOut extends Error {}

/** Make a phone of `account` known, or with its `token` heard again; undefined when it is not this
 * person who is signed in. */
export type Enrol = (
  key: string,
  account: string,
  token?: string,
) => Promise<Enrolment | undefined>;

export type Send = (body: string, token: string) => Promise<Answer>;

/** The body of a push: a header, then the lines exactly as they were hashed. */
export function body(
  inst: string,
  from: number,
  lines: readonly string[],
  before: string,
  wall: Date,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const told = { v: 1, inst, from, prev: before, app: "0.3.0", wall: wall.toISOString() };
  return [JSON.stringify({ ...told, ...more }), ...lines].join("\n");
}

/**
 * Send what waits, oldest first, and read what is new, until there is neither: one round trip where
 * both are small. A line leaves the queue only when the server has said that it holds it: what is
 * kept while we send stays queued.
 */
export async function exchange(
  store: Store,
  send: Send,
  pace: Pace,
  now: () => Date,
): Promise<Answer | undefined> {
  const enrolment = await store.enrolment();
  if (!enrolment) return undefined;
  const base = (await store.chain())?.base ?? 0;
  for (;;) {
    const ops = unbroken(
      await store.ops.where("state").equals("queued").limit(pace.size).sortBy("q"),
    );
    const last = (await store.ops.orderBy("q").last())?.q ?? 0;
    const first = ops[0]?.q ?? Math.max(last, base) + 1;
    const lines = await Promise.all(ops.map((op) => store.reveal(`op:${op.q}`, op.c)));
    const before = await hashBefore(store, first, base);
    const { epoch, cur } = await cursorsOf(store);
    const aside = await asideOf(store, base);
    const behind = (await store.waiting()) - ops.length;
    const more = {
      held: first - base - 1,
      ...(epoch ? { epoch } : {}),
      ...(aside.length ? { aside } : {}),
      cur,
      max: pace.bytes,
      left: Math.max(0, behind),
      shots: await store.blobs.where("state").anyOf(ONLY_HERE).count(),
    };
    const text = body(enrolment.inst, first - base, lines, before, now(), more);
    const answer = await pace.timed(() => send(text, enrolment.token));
    if (answer.fork) throw new Fork("The server holds other lines under these numbers.");
    if (await setBack(store, answer, first, base)) continue;
    const done = await settle(store, ops, answer, base, tookAt(answer, now()));
    await decide(store, answer.decided ?? [], base);
    const unread = await take(store, answer, now());
    const left = await store.waiting();
    const stuck = done === 0 && ops.length > 0; // what was kept while nothing was sent goes next
    if (!unread && !answer.ended) await readTo(store, answer.ack + base, now());
    pace.fresh();
    if (!unread && (left === 0 || stuck)) return answer;
  }
}

/** The first of them that follow each other: one between that the server has already, as a call that
 * went straight, is not sent over. */
export function unbroken(ops: readonly Op[]): readonly Op[] {
  const first = ops[0]?.q ?? 0;
  return ops.filter((op, n) => op.q === first + n);
}

/** Up to which line of ours what was read of the team knows of it, and when that was, ms. */
export interface ReadTo {
  readonly q: number;
  readonly at: number;
}
export const READ_TO = "read-to";

async function readTo(store: Store, q: number, now: Date): Promise<void> {
  const value: ReadTo = { q, at: now.getTime() };
  await store.meta.put({ key: READ_TO, value });
}

/** The same; where the server holds other lines, or knows this phone no more, as a new one of the
 * same person; where it was silent for too long, as the one that it was: what was set aside of it is
 * still decided under its numbers. Raises SignedOut where that is not who is signed in. */
export async function exchangeAnew(
  store: Store,
  send: Send,
  enrol: Enrol,
  pace: Pace,
  now: () => Date,
): Promise<Answer | undefined> {
  try {
    const answer = await exchange(store, send, pace, now);
    await asNew(store, enrol);
    return answer;
  } catch (trouble) {
    const idle = trouble instanceof Idle;
    if (!(idle || trouble instanceof Fork || trouble instanceof Unknown)) throw trouble;
    const me = await store.enrolment();
    const point = (await store.signer()).point;
    const enrolled = me && (await enrol(point, me.account, idle ? me.token : undefined));
    if (!enrolled) throw new SignedOut("It is not this person who is signed in.");
    if (!idle) await issueAgain(store, enrolled, trouble instanceof Unknown);
    return await exchange(store, send, pace, now);
  }
}

/** A phone that lost its signing key tells another as a new installation, once its person is in. */
async function asNew(store: Store, enrol: Enrol): Promise<void> {
  const me = (await store.meta.get(ANEW)) && (await store.enrolment());
  if (!me) return;
  const enrolled = await enrol((await store.signer()).point, me.account).catch(() => undefined);
  if (!enrolled) return;
  try {
    await issueAgain(store, enrolled);
    await store.meta.delete(ANEW);
  } catch (trouble) {
    if (!isFull(trouble)) throw trouble; // there will be room: what was sent was sent all the same
  }
}

/** The server lost what it had acknowledged: queue it again. Tells whether there was such. */
async function setBack(
  store: Store,
  answer: Answer,
  first: number,
  base: number,
): Promise<boolean> {
  if (answer.ack >= first - base - 1) return false;
  const here = answer.ack === 0 ? "" : (await store.ops.get(answer.ack + base))?.h;
  if (answer.h !== undefined && here !== answer.h) {
    throw new Fork("The server went back to other lines than ours.");
  }
  const gone = store.ops.where("q").between(answer.ack + base, first, false, false);
  const whole = await gone.filter((op) => op.rec !== "").count();
  if (whole < first - 1 - answer.ack - base) {
    throw new Fork("The server went back to before lines that this phone holds no more.");
  }
  const changed = await gone.modify({ state: "queued", why: "" });
  return changed > 0;
}

export async function hashBefore(store: Store, q: number, base: number): Promise<string> {
  return q - base === 1 ? "" : ((await store.ops.get(q - 1))?.h ?? "");
}

/** When a server took what it answers now, by its own clock. */
export function tookAt({ skew = 0 }: Answer, now: Date): Pick<Op, "came" | "slow"> {
  return { came: now.getTime() + skew * 1000, slow: skew };
}

/** Put down where lines are that a server holds; `took` tells when it took them, where that is known. */
export async function settle(
  store: Store,
  ops: readonly Op[],
  answer: Answer,
  base: number,
  took: Pick<Op, "came" | "slow"> = {},
): Promise<number> {
  const notes = new Map(answer.notes.map((note) => [note.q + base, note]));
  const held = ops.filter((op) => op.q - base <= answer.ack);
  await store.transaction("rw", store.ops, async () => {
    for (const op of held) {
      const note = notes.get(op.q);
      const aside = note?.st === "quarantined" || note?.st === "conflict";
      const state = aside ? (note.st as Op["state"]) : "on_server";
      await store.ops.update(op.q, { state, why: note?.why ?? "", ...took });
    }
  });
  for (const op of held) if (notes.get(op.q)?.st === "conflict") await showHere(store, op);
  return held.length;
}
