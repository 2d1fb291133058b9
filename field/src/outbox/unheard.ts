/** A call for help that lies in this phone's memory, and that no server holds. */
import type { Store } from "./store";

/** Whether the line that made a record waits; lines that were issued again stand for nothing. */
export async function isUnheard(store: Store, id: string): Promise<boolean> {
  const ops = await store.ops.where("rec").equals(id).sortBy("q");
  return ops.find((op) => op.state !== "issued_again")?.state === "queued";
}

type Data = Readonly<Record<string, unknown>>;

/** What a call for help that is made again tells more than the one that waits: other words, another
 * place. Undefined where it is none, or another team's. */
export function addedTo(waits: Data, again: Data): Data | undefined {
  if (waits.state !== "NEEDS_HELP" || again.state !== "NEEDS_HELP") return undefined;
  if (waits.mission !== again.mission) return undefined;
  return Object.fromEntries(
    Object.entries(again).filter(([name, value]) => value && value !== waits[name]),
  );
}

/** Whether it tells nothing more: then it is the same call. */
export function isSameCall(waits: Data, again: Data): boolean {
  const added = addedTo(waits, again);
  return added !== undefined && Object.keys(added).length === 0;
}

/** How many words of somebody, safe or in need, wait in a memory that is locked: which they are lies
 * sealed. */
export async function wordsLocked(store: Store): Promise<number> {
  const queued = await store.ops.where("state").equals("queued").toArray();
  if (queued.length === 0) return 0;
  const said = new Set(await store.recs.where("type").equals("check_in").primaryKeys());
  return queued.filter((op) => said.has(op.rec)).length;
}
