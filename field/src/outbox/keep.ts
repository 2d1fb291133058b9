import { chained } from "./chain";
import type { Store, Visit } from "./store";

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
    const last = await store.lines.orderBy("q").last();
    const q = (last?.q ?? 0) + 1;
    const { mission, held_on, count } = counted;
    const text = JSON.stringify({
      q,
      r: id,
      t: "visits",
      s: 1,
      k: "create",
      at: now.toISOString(),
      d: { mission, held_on, count },
    });
    const h = await chained(last?.h ?? "", text);
    const visit: Visit = { id, q, ...counted };
    await store.transaction("rw", store.lines, store.visits, async () => {
      await store.lines.add({ q, text, h, state: "queued", why: "" });
      await store.visits.add(visit);
    });
    return visit;
  });
}

/** One writer over all tabs of this phone. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  return navigator.locks.request("marrow-outbox", work) as Promise<T>;
}
