import type { Op, Store } from "./store";

/** Lines sent in one request. */
export const AT_ONCE = 60;

export interface Answer {
  readonly ack: number;
  readonly fork: boolean;
  readonly notes: readonly { readonly q: number; readonly st: string; readonly why: string }[];
}

/** The server holds other bytes under our numbers: see `issueAgain`. */
export class Fork extends Error {}

export type Send = (body: string, token: string) => Promise<Answer>;

/** The body of a push: a header, then the lines exactly as they were hashed. */
export function body(
  inst: string,
  from: number,
  lines: readonly string[],
  before: string,
  wall: Date,
): string {
  const head = { v: 1, inst, from, prev: before, app: "0.2.0", wall: wall.toISOString() };
  return [JSON.stringify(head), ...lines].join("\n");
}

/**
 * Send what waits, oldest first, until nothing waits. A line leaves the queue only when the
 * server has said that it holds it: what is kept while we send stays queued.
 */
export async function push(store: Store, send: Send, now: () => Date): Promise<number> {
  const enrolment = await store.enrolment();
  if (!enrolment) return 0;
  const base = (await store.chain())?.base ?? 0;
  let sent = 0;
  for (;;) {
    const ops = await store.ops.where("state").equals("queued").limit(AT_ONCE).sortBy("q");
    const first = ops[0];
    if (!first) return sent;
    const lines = await Promise.all(ops.map((op) => store.reveal(`op:${op.q}`, op.c)));
    const before = await hashBefore(store, first.q, base);
    const text = body(enrolment.inst, first.q - base, lines, before, now());
    const answer = await send(text, enrolment.token);
    if (answer.fork) throw new Fork("The server holds other lines under these numbers.");
    const done = await settle(store, ops, answer, base);
    if (done === 0) return sent;
    sent += done;
  }
}

export async function hashBefore(store: Store, q: number, base: number): Promise<string> {
  return q - base === 1 ? "" : ((await store.ops.get(q - 1))?.h ?? "");
}

async function settle(
  store: Store,
  ops: readonly Op[],
  answer: Answer,
  base: number,
): Promise<number> {
  const notes = new Map(answer.notes.map((note) => [note.q + base, note]));
  const held = ops.filter((op) => op.q - base <= answer.ack);
  await store.transaction("rw", store.ops, async () => {
    for (const op of held) {
      const note = notes.get(op.q);
      const aside = note?.st === "quarantined" || note?.st === "conflict";
      const state = aside ? (note.st as Op["state"]) : "on_server";
      await store.ops.update(op.q, { state, why: note?.why ?? "" });
    }
  });
  return held.length;
}
