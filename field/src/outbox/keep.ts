import { chained } from "./chain";
import type { Enrolment, Line, Store, Visit } from "./store";

export interface Counted {
  readonly mission: string;
  readonly name: string;
  readonly held_on: string;
  readonly count: number;
}

/** Keep a count and its line in one strict transaction. Two tabs wait for each other. */
export async function keepVisit(
  store: Store,
  counted: Counted,
  now: Date,
  id: string = crypto.randomUUID(),
): Promise<Visit> {
  return alone(async () => {
    const { mission, held_on, count } = counted;
    const said = { r: id, t: "visits", s: 1, k: "create", at: now.toISOString() };
    const line = await next(store, { ...said, d: { mission, held_on, count } });
    const visit: Visit = { id, q: line.q, ...counted };
    await store.transaction("rw", store.lines, store.visits, async () => {
      await store.lines.add(line);
      await store.visits.add(visit);
    });
    return visit;
  });
}

/**
 * The server holds other bytes under our numbers (a copied profile, a phone set back): go on as a
 * new installation, and issue again what has not arrived. The record ids stay, so nothing is
 * counted twice.
 */
export async function issueAgain(store: Store, enrolment: Enrolment): Promise<number> {
  return alone(async () => {
    const last = await store.lines.orderBy("q").last();
    const waiting = await store.lines.where("state").equals("queued").sortBy("q");
    const before = await store.enrolment();
    await store.keepEnrolment({ ...enrolment, base: last?.q ?? 0 });
    for (const old of waiting) {
      const { q, ...said } = JSON.parse(old.text) as { q: number; r: string };
      const line = await next(store, { ...said, o: { inst: before?.inst, q, h: old.h } });
      await store.transaction("rw", store.lines, store.visits, async () => {
        await store.lines.add(line);
        await store.lines.update(old.q, { state: "issued_again" });
        await store.visits.update(said.r, { q: line.q });
      });
    }
    return waiting.length;
  });
}

/** The next line of the chain, with the number that the wire gives it. */
async function next(store: Store, said: Readonly<Record<string, unknown>>): Promise<Line> {
  const last = await store.lines.orderBy("q").last();
  const base = (await store.enrolment())?.base ?? 0;
  const q = (last?.q ?? 0) + 1;
  const text = JSON.stringify({ q: q - base, ...said });
  const h = await chained(q - base === 1 ? "" : (last?.h ?? ""), text);
  return { q, text, h, state: "queued", why: "" };
}

/** One writer over all tabs of this phone. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  return navigator.locks.request("marrow-outbox", work) as Promise<T>;
}
