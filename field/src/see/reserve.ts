/** What a page can know of a phone that is nearly full, where its browser tells nothing of it. */
import type { Store } from "../outbox/store";
import { lay } from "../vault/ballast";
import { mayPhotograph } from "./safety";

/** The reserve was thrown off, or never found room: hardly any is left. */
export async function isTight(store: Store): Promise<boolean> {
  try {
    return (await store.meta.where("key").equals("ballast").count()) === 0;
  } catch {
    return true; // a memory that is full gives nothing out either
  }
}

/**
 * Whether there is room for a photograph. Where the browser tells how much is `left` it is believed;
 * else there is while the reserve lies, or can be laid again.
 */
export async function photographFits(store: Store, left: number | undefined): Promise<boolean> {
  if (left !== undefined) return mayPhotograph(left);
  if (!(await isTight(store))) return true;
  await lay(store, left).catch(() => undefined);
  return !(await isTight(store));
}
