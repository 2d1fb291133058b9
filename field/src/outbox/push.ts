import type { Line, Store } from "./store";

/** Lines sent in one request. */
export const AT_ONCE = 50;

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
  lines: readonly Line[],
  before: string,
  wall: Date,
  base = 0,
): string {
  const first = (lines[0]?.q ?? 1) - base;
  const head = { v: 1, inst, from: first, prev: before, app: "0.1.0", wall: wall.toISOString() };
  return [JSON.stringify(head), ...lines.map((line) => line.text)].join("\n");
}

/**
 * Send what waits, oldest first, until nothing waits. A line leaves the queue only when the
 * server has said that it holds it: what is kept while we send stays queued.
 */
export async function push(store: Store, send: Send, now: () => Date): Promise<number> {
  const enrolment = await store.enrolment();
  if (!enrolment) return 0;
  const base = enrolment.base ?? 0;
  let sent = 0;
  for (;;) {
    const lines = await store.lines.where("state").equals("queued").limit(AT_ONCE).sortBy("q");
    const first = lines[0];
    if (!first) return sent;
    const before = first.q - base === 1 ? "" : ((await store.lines.get(first.q - 1))?.h ?? "");
    const text = body(enrolment.inst, lines, before, now(), base);
    const answer = await send(text, enrolment.token);
    if (answer.fork) throw new Fork("The server holds other lines under these numbers.");
    const done = await settle(store, lines, answer, base);
    if (done === 0) return sent;
    sent += done;
  }
}

async function settle(
  store: Store,
  lines: readonly Line[],
  answer: Answer,
  base: number,
): Promise<number> {
  const notes = new Map(answer.notes.map((note) => [note.q + base, note]));
  const held = lines.filter((line) => line.q - base <= answer.ack);
  await store.transaction("rw", store.lines, async () => {
    for (const line of held) {
      const note = notes.get(line.q);
      const aside = note?.st === "quarantined" || note?.st === "conflict";
      const state = aside ? (note.st as Line["state"]) : "on_server";
      await store.lines.update(line.q, { state, why: note?.why ?? "" });
    }
  });
  return held.length;
}
