/** A call for help that lies in this phone's memory, and that no server holds. */
import type { Store } from "./store";

/** Whether the line that made a record waits; lines that were issued again stand for nothing. */
export async function isUnheard(store: Store, id: string): Promise<boolean> {
  const ops = await store.ops.where("rec").equals(id).sortBy("q");
  return ops.find((op) => op.state !== "issued_again")?.state === "queued";
}

/** How many words of somebody, safe or in need, wait in a memory that is locked: which they are lies
 * sealed. */
export async function wordsLocked(store: Store): Promise<number> {
  const queued = await store.ops.where("state").equals("queued").toArray();
  if (queued.length === 0) return 0;
  const said = new Set(await store.recs.where("type").equals("check_in").primaryKeys());
  return queued.filter((op) => said.has(op.rec)).length;
}
