/**
 * A call for help, or the word that one is safe, on a phone that has no room for it: it goes straight
 * to the server, as the next line of this phone, and into the phone's own memory as soon as there is
 * room. Until then it is held by the page, and beside the database where that has a word's room left.
 * Told twice it is one call, for its record has one id.
 */
import { chained } from "./chain";
import { keep, lineOf, put } from "./keep";
import { alone, forget, isSent, note, type Owed, owedOf, owes } from "./owed";
import { type Answer, body, Fork, hashBefore, type Send, tookAt } from "./push";
import type { Store } from "./store";

const AT_ONCE = 50; // lines before it that go in one request

/** Send each to the server; tells whether one arrived. Raises what stops it. */
export async function callNow(store: Store, send: Send, now: () => Date): Promise<boolean> {
  let arrived = false;
  for (const one of await owedOf(store)) {
    if (isSent(one)) continue;
    await sendOne({ store, send, now }, one);
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
async function sendOne({ store, send, now }: Way, { said, at, sent }: Owed): Promise<void> {
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
    // it arrived, and only the answer was lost
    return void (await note(store, said.id, {
      ...sent,
      ...tookAt(there, now()),
      state: "on_server",
    }));
  const q = there.ack + 1;
  const before = there.ack === 0 ? "" : (there.h ?? (await hashBefore(store, ours + 1, base)));
  const text = lineOf(said, at, q);
  const line = { inst: me.inst, q, h: await chained(before, text), state: "", why: "" } as const;
  await note(store, said.id, line);
  const answer = await push(q, [text], before);
  if (answer.ack < q) throw new Error("The server took nothing.");
  const told = answer.notes.find((one) => one.q === q && one.st === "quarantined");
  const state = told ? "quarantined" : "on_server";
  await note(store, said.id, { ...line, ...tookAt(answer, now()), state, why: told?.why ?? "" });
}

/** One sender over all tabs of this phone. */
export async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  return navigator.locks.request("marrow-push", work) as Promise<T>;
}

/** Keep what is owed, as soon as there is room; what was not sent waits like every other line. */
export async function keepOwed(store: Store): Promise<void> {
  if (owes(store.name)) await oneAtATime(() => keepAll(store)); // not while it is on its way
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
    await forget(store, said.id);
  }
}
