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

/** Whether a failure says that the phone is full, however deep it is wrapped. */
export function isFull(trouble: unknown): boolean {
  const told = trouble as { name?: string; inner?: unknown; message?: string } | undefined;
  if (!told) return false;
  const says = `${told.name} ${told.message}`.includes("Quota");
  return says || (told.inner !== undefined && told.inner !== trouble && isFull(told.inner));
}

/**
 * Do it; when the phone is full throw off the ballast and do it once more. True when the ballast
 * went: there is hardly any room left.
 */
export async function orThrowOff(store: Store, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (trouble) {
    if (!isFull(trouble) || !(await store.meta.get("ballast"))) throw trouble;
    await store.meta.delete("ballast");
    await work();
    return true;
  }
}
