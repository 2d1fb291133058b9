/** Who uses this phone, and how each opens what is theirs. A database is never deleted here. */
import Dexie, { type Table } from "dexie";
import { databaseOf, type Enrolment, Store } from "../outbox/store";
import {
  type Bytes,
  random,
  type Signer,
  STRONG,
  unwrap,
  usable,
  WEAK,
  wrap,
  wrapForRecovery,
} from "./seal";

export interface Account {
  readonly account: string;
  readonly name: string;
  readonly base: string;
}

class Accounts extends Dexie {
  accounts!: Table<Account, string>;
  /** Keys of those who let this phone stay open for a while; not to be read out, gone when locked. */
  opened!: Table<{ account: string; key: CryptoKey; until: number }, string>;

  constructor() {
    super("marrow-accounts", { chromeTransactionDurability: "strict" });
    this.version(1).stores({ accounts: "account", opened: "account" });
  }
}

const STAYS_OPEN = 8 * 3_600_000; // ms
const list = new Accounts();

export async function accounts(): Promise<readonly Account[]> {
  return list.accounts.toArray();
}

/** A first time on this phone: a key of their own, wrapped by the passcode and for recovery. */
export async function begin(
  enrolment: Enrolment,
  passcode: string,
  recovery: string,
  signer: Signer,
): Promise<Store> {
  const raw = random(32);
  const base = await databaseOf(enrolment.account);
  const store = new Store(base, await usable(raw));
  if (await store.keys()) throw new Error("This account is on this phone already.");
  const memory = (navigator as { deviceMemory?: number }).deviceMemory;
  const by = await wrap(raw, passcode, memory && memory <= 2 ? WEAK : STRONG);
  await store.keepKeys({ passcode: by, recovery: await wrapForRecovery(raw, recovery) });
  await store.meta.put({ key: "signer", value: signer });
  await store.keepEnrolment(enrolment);
  await list.accounts.put({ account: enrolment.account, name: enrolment.name, base });
  raw.fill(0);
  return store;
}

/** The store, opened; undefined for a wrong passcode. */
export async function unlock(
  who: Account,
  passcode: string,
  staysOpen: boolean,
): Promise<Store | undefined> {
  const closed = new Store(who.base);
  const keys = await closed.keys();
  closed.close();
  const raw: Bytes | undefined = keys && (await unwrap(keys.passcode, passcode));
  if (!raw) return undefined;
  const key = await usable(raw);
  raw.fill(0);
  const until = Date.now() + STAYS_OPEN;
  if (staysOpen) await list.opened.put({ account: who.account, key, until });
  return new Store(who.base, key);
}

/** The store of somebody who let this phone stay open, while that lasts. */
export async function stillOpen(): Promise<Store | undefined> {
  for (const row of await list.opened.toArray()) {
    const left = row.until - Date.now();
    const who = await list.accounts.get(row.account);
    if (who && left > 0 && left <= STAYS_OPEN) return new Store(who.base, row.key);
    await list.opened.delete(row.account);
  }
  return undefined;
}

export async function lock(): Promise<void> {
  await list.opened.clear();
}
