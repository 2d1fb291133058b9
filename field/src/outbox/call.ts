/**
 * A call for help, or the word that one is safe, on a phone that has no room for it: it goes straight
 * to the server, as the next line of this phone, and into the phone's own memory as soon as there is
 * room. Until then it is held by the page, and beside the database where that has a word's room left.
 * Told twice it is one call, for its record has one id.
 */
import { becomes, hasBecome, once } from "./becoming";
import { chained } from "./chain";
import { lineOf } from "./keep";
import { alone, forgetKept, isSent, note, type Owed, owedOf, type Sent, waitAgain } from "./owed";
import {
  type Answer,
  body,
  type Enrol,
  Fork,
  hashBefore,
  type Send,
  SignedOut,
  tookAt,
  Unknown,
  unbroken,
} from "./push";
import { type Enrolment, ONLY_HERE, type Op, type Store } from "./store";

const AT_ONCE = 50; // lines before it that go in one request

/** Send each to the server, one sender over all tabs, and no exchange is waited for; tells whether one
 * arrived. Also where each was sent the server is asked: set back, it may have lost one that this
 * phone does not keep. Raises what stops it. */
export function callNow(
  store: Store,
  send: Send,
  now: () => Date,
  enrol: Enrol = async () => undefined,
): Promise<boolean> {
  return alone("marrow-calling", async () => {
    const me = await whoOf(store);
    try {
      return await callAll(store, send, now);
    } catch (trouble) {
      if (!(trouble instanceof Fork || trouble instanceof Unknown)) throw trouble;
      await alone("marrow-push", () => another(store, me, enrol));
      return callAll(store, send, now);
    }
  });
}

/** Who calls: who this phone will be, where there is no room for that yet. */
async function whoOf(store: Store): Promise<Enrolment> {
  const me = (await becomes(store)) ?? (await store.enrolment());
  if (!me) throw new Error("This phone is not known yet.");
  return me;
}

/** The server does not take the next line of `me`: the call goes as another's first, and so does what
 * went as `me` and is not kept, for nobody knows whether it is still there. */
async function another(store: Store, me: Enrolment, enrol: Enrol): Promise<void> {
  if ((await whoOf(store)).inst !== me.inst) return; // an exchange made it another meanwhile
  await hasBecome(store);
  const made = await once(store, enrol)((await store.signer()).point, me.account);
  if (!made) throw new SignedOut("It is not this person who is signed in.");
  await waitAgain(store, (sent) => sent.inst === me.inst);
}

async function callAll(store: Store, send: Send, now: () => Date): Promise<boolean> {
  let arrived = false;
  do {
    await forgetKept(store);
    const known = (await owedOf(store)).map((one) => one.said.id);
    if (known.length === 0) break;
    const way = await wayOf(store, send, now);
    const there = await lineUp(way);
    await waitAgain(store, isLost(way.me.inst, there));
    const next = (await owedOf(store)).find((one) => !isSent(one));
    // before one that is owed nothing is kept: what was called since may stand on top of more
    if (next && known.includes(next.said.id))
      arrived = (await sendOne(way, next, there)) || arrived;
  } while (!(await owedOf(store)).every(isSent));
  return arrived;
}

/** Who calls, and what of their lines lies in the memory. */
interface Way {
  readonly store: Store;
  readonly now: () => Date;
  readonly me: Enrolment;
  readonly base: number;
  /** The number of the last line in the memory, and the hash with it. */
  readonly ours: number;
  readonly last: string;
  readonly push: (from: number, lines: readonly string[], before: string) => Promise<Answer>;
}

async function wayOf(store: Store, send: Send, now: () => Date): Promise<Way> {
  const [me, chain] = [await whoOf(store), await store.chain()];
  const kept = chain?.inst === me.inst ? chain : undefined; // of who it will be nothing is kept yet
  const base = kept?.base ?? 0;
  const ours = await endOf(store, me);
  const last = kept ? await hashBefore(store, ours + 1, base) : "";
  const shots = await store.blobs.where("state").anyOf(ONLY_HERE).count();
  const behind = kept ? 0 : await store.waiting();
  const push = async (from: number, lines: readonly string[], before: string) => {
    const left = behind + Math.max(0, ours - base - from - lines.length + 1);
    const text = body(me.inst, from, lines, before, now(), { left, shots });
    const answer = await send(text, me.token);
    if (answer.fork) throw new Fork("The server holds other lines under these numbers.");
    return answer;
  };
  return { store, now, me, base, ours, last, push };
}

/** The number of the last line in the memory that is of `me`; 0 where nothing is kept of them. */
async function endOf(store: Store, { inst }: Enrolment): Promise<number> {
  const chain = await store.chain();
  if (chain?.inst !== inst) return 0;
  return (await store.ops.orderBy("q").last())?.q ?? chain.base;
}

/** What waits goes before it, for lines are taken in order; returns where the server stands then. */
async function lineUp({ store, base, ours, last, push }: Way): Promise<Answer> {
  let there = await push(ours - base + 1, [], last);
  while (there.ack + base < ours) {
    const first = there.ack + base + 1;
    const next = store.ops.where("q").aboveOrEqual(first);
    const ops = whole(unbroken(await next.limit(AT_ONCE).sortBy("q")));
    if (ops[0]?.q !== first) throw new Fork("The server lacks lines that are not here.");
    const lines = await Promise.all(ops.map((op) => store.reveal(`op:${op.q}`, op.c)));
    const after = await push(first - base, lines, await hashBefore(store, first, base));
    if (after.ack <= there.ack) throw new Error("The server took nothing.");
    there = after;
  }
  return there;
}

/** Up to a line that is known by its hash alone. */
function whole(ops: readonly Op[]): readonly Op[] {
  const bare = ops.findIndex((op) => op.c.length === 0);
  return bare < 0 ? ops : ops.slice(0, bare);
}

/** Whether the server holds no more what it said to hold: it was set back to before that. */
const isLost =
  (inst: string, { ack, h }: Answer) =>
  (sent: Sent): boolean =>
    sent.inst === inst && (sent.q > ack || (sent.q === ack && h !== undefined && sent.h !== h));

/** One call, on top of what the server has; false where it lies in the memory meanwhile. */
async function sendOne(way: Way, { said, at, sent }: Owed, there: Answer): Promise<boolean> {
  const { store, now, me, last, push } = way;
  const put = (more: Sent, answer: Answer): Promise<boolean> =>
    note(store, said.id, { ...more, ...tookAt(answer, now()) });
  if (sent?.inst === me.inst && sent.q === there.ack && sent.h === there.h)
    return put({ ...sent, state: "on_server" }, there); // it arrived, and only the answer was lost
  if ((await endOf(store, me)) !== way.ours) return false; // a record was kept meanwhile: it goes first
  const q = there.ack + 1;
  const before = there.ack === 0 ? "" : (there.h ?? last);
  const text = lineOf(said, at, q);
  const line = { inst: me.inst, q, h: await chained(before, text), state: "", why: "" } as const;
  if (!(await note(store, said.id, line))) return false;
  const answer = await push(q, [text], before);
  if (answer.ack < q) throw new Error("The server took nothing.");
  const told = answer.notes.find((one) => one.q === q && one.st === "quarantined");
  const state = told ? "quarantined" : "on_server";
  await put({ ...line, state, why: told?.why ?? "" }, answer);
  return true;
}
