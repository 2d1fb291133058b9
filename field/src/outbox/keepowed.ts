/** What this phone had no room for goes into its memory as soon as there is room. */
import { becomes } from "./becoming";
import { keep, put } from "./keep";
import { alone, forget, forgetKept, isSent, type Owed, owedOf, owes } from "./owed";
import type { Chain, Store } from "./store";

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
  for (const { said } of await owedOf(store)) {
    const chain = await store.chain();
    const one = (await owedOf(store)).find((other) => other.said.id === said.id); // as it stands now
    if (!chain || !one || (await goesAnew(store, one))) continue;
    await keepOne(store, one, chain);
    await forget(store, said.id);
  }
  return (await owedOf(store)).length < before;
}

/** It went as the installation that this phone becomes: then it is kept with all that is issued again. */
async function goesAnew(store: Store, one: Owed): Promise<boolean> {
  const inst = (await becomes(store))?.inst;
  return isSent(one) && one.sent?.inst === inst;
}

async function keepOne(store: Store, { said, at, sent }: Owed, chain: Chain): Promise<void> {
  const went = sent?.state && sent.inst === chain.inst ? sent : undefined;
  const free = went && !(await store.ops.get(went.q + chain.base));
  if (free) await put(store, { said, at, sent: went }, chain.base);
  else await keep(store, said, new Date(at));
}
