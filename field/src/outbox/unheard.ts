/** A call for help that lies in this phone's memory, and that no server holds. */
import type { Store } from "./store";

/** Whether the line that made a record waits; lines that were issued again stand for nothing. */
export async function isUnheard(store: Store, id: string): Promise<boolean> {
  const ops = await store.ops.where("rec").equals(id).sortBy("q");
  return ops.find((op) => op.state !== "issued_again")?.state === "queued";
}

type Data = Readonly<Record<string, unknown>>;

/** Whether a call for help that is made again tells nothing more than the one that waits: no other
 * words, no other place. Then it is the same call. */
export function isSameCall(waits: Data, again: Data): boolean {
  if (waits.state !== "NEEDS_HELP" || again.state !== "NEEDS_HELP") return false;
  if (waits.mission !== again.mission) return false;
  return Object.keys(again).every((name) => !again[name] || again[name] === waits[name]);
}

/** How many words of somebody, safe or in need, wait in a memory that is locked: which they are lies
 * sealed. */
export async function wordsLocked(store: Store): Promise<number> {
  const said = await store.recs.where("type").equals("check_in").primaryKeys();
  const waits = await Promise.all(said.map((id) => isUnheard(store, id)));
  return waits.filter(Boolean).length;
}
