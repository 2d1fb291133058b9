/** Lines that a person at the office looks at, and what became of them. */
import { bare } from "../see/team";
import type { Told } from "./keep";
import type { Op, Store } from "./store";

const MOST = 100; // lines that are asked after at once

export interface Decided {
  readonly q: number;
  readonly st: "taken" | "left";
}

/** The numbers of those lines, as this installation sent them; the latest, where there are many. */
export async function asideOf(store: Store, base: number): Promise<readonly number[]> {
  const held = store.ops.where("state").anyOf("quarantined", "conflict");
  const ours = (await held.primaryKeys()).filter((q) => q > base).sort((a, b) => a - b);
  return ours.slice(-MOST).map((q) => q - base);
}

/** How many lines wait for a person at the office. */
export function asideSoFar(store: Store): Promise<number> {
  return store.ops.where("state").anyOf("quarantined", "conflict").count();
}

/** Keep what was decided; where the office left what it has, our record says that too. */
export async function decide(
  store: Store,
  decided: readonly Decided[],
  base: number,
): Promise<void> {
  for (const { q, st } of decided) {
    const op = await store.ops.get(q + base);
    if (op?.state !== "quarantined" && op?.state !== "conflict") continue;
    const state = st === "left" ? "stayed" : "on_server";
    const c = st === "left" ? await asItStands(store, op.rec) : undefined;
    await store.transaction("rw", store.ops, store.recs, async () => {
      await store.ops.update(op.q, { state, ...(st === "taken" ? { why: "" } : {}) });
      if (c) await store.recs.where("q").equals(op.q).modify({ c });
    });
  }
}

/** Of a value that parts from another, what stands there counts until a person chose. */
export async function showHere(store: Store, { q, rec }: Op): Promise<void> {
  const c = await asItStands(store, rec);
  if (c) await store.recs.where("q").equals(q).modify({ c });
}

/** A record of ours with the values that the server told last; nothing where it told none. */
async function asItStands(store: Store, id: string) {
  const [row, seen] = await Promise.all([store.recs.get(id), store.seen.get(id)]);
  if (!row || !seen) return undefined;
  const known = JSON.parse(await store.reveal(`rec:${id}`, row.c)) as Told;
  const { gone: _gone, voided: _voided, ...old } = known; // an office may lift a void
  const here = JSON.parse(await store.reveal(`seen:${id}`, seen.c)) as { d: Told["data"] };
  const { data, gone, voided } = bare(here.d);
  return store.conceal(`rec:${id}`, { ...old, data, ...(gone ? { gone, voided } : {}) });
}
