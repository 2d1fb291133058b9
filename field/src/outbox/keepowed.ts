/** What this phone had no room for goes into its memory as soon as there is room. */
import { keepOwedNow } from "./keep";
import { alone, forgetKept, owedOf, owes } from "./owed";
import type { Store } from "./store";

/**
 * Keep what is owed; what was not sent waits like every other line. What is on its way is not waited
 * for: on top of the same lines it is kept with the number and the very bytes that it goes with. Tells
 * whether less is owed than before.
 */
export async function keepOwed(store: Store): Promise<boolean> {
  return owes(store.name) && alone("marrow-call-keep", () => keepAll(store));
}

async function keepAll(store: Store): Promise<boolean> {
  const before = (await owedOf(store)).length;
  await forgetKept(store);
  await keepOwedNow(store);
  return (await owedOf(store)).length < before;
}
