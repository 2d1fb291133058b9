/** Two megabytes of nothing: thrown off when the phone is full, so that the last records still fit. */
import type { Store } from "../outbox/store";
import { WARN_BELOW } from "../see/safety";
import { type Bytes, random } from "./seal";

export const BALLAST = 2 * 1024 * 1024; // bytes
const AT_ONCE = 65_536; // bytes that a browser draws by chance in one call

/** Lay ballast where there is none and there is room. */
export async function lay(store: Store, left: number | undefined, size = BALLAST): Promise<void> {
  if (left !== undefined && left < WARN_BELOW) return;
  if (await store.meta.get("ballast")) return;
  const value = new Uint8Array(size);
  for (let at = 0; at < size; at += AT_ONCE) value.set(part(size - at), at);
  await store.meta.put({ key: "ballast", value }).catch(() => undefined);
}

const part = (left: number): Bytes => random(Math.min(AT_ONCE, left));

/**
 * Do it; when it fails throw off the ballast and do it once more: a full disk has many names. True
 * when the ballast went: there is hardly any room left.
 */
export async function orThrowOff(store: Store, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (trouble) {
    if (!(await threwOff(store))) throw trouble;
    await work();
    return true;
  }
}

/** Whether it failed for want of room, as far as the browser says so. */
export function isFull(trouble: unknown): boolean {
  const { name, inner } = (trouble ?? {}) as { name?: string; inner?: unknown };
  return name === "QuotaExceededError" || (inner !== undefined && isFull(inner));
}

/** Whether there was ballast, and it is gone. A base that cannot be read has none to throw off. */
async function threwOff(store: Store): Promise<boolean> {
  try {
    if (!(await store.meta.get("ballast"))) return false;
    await store.meta.delete("ballast");
    return true;
  } catch {
    return false;
  }
}
