/** Who uses this phone, and how each opens what is theirs. */
import Dexie, { type Table } from "dexie";
import { bringBack, copyAll, forget } from "../outbox/copies";
import { callsWaiting, letGo } from "../outbox/owed";
import {
  databaseOf,
  type Enrolment,
  KEPT,
  type Kept,
  type Names,
  SIGNER,
  Store,
} from "../outbox/store";
import { forgetTeam } from "../shell/ownteam";
import { noteKept } from "../shell/unsaved";
import {
  type ByPasscode,
  type Bytes,
  type CopiedSigner,
  openBytes,
  random,
  STRONG,
  sealBytes,
  unwrap,
  usable,
  WEAK,
  wrap,
  wrapForRecovery,
} from "./seal";

export interface Account {
  readonly account: string;
  readonly name: string;
  /** How they are called in other languages. */
  readonly names?: Names;
  readonly base: string;
}

/** How somebody is called in a language. */
export function calledIn(who: Pick<Account, "name" | "names">, tongue: string): string {
  return who.names?.[tongue] || who.name;
}

/** All that a person is called, a passcode none of it. */
export const allNames = (who: Pick<Account, "name" | "names">): readonly string[] => [
  who.name,
  ...Object.values(who.names ?? {}),
];

/** Keep how somebody of this phone is called since. */
export async function nameAnew(account: string, names: Names | undefined): Promise<void> {
  if (names) await list.accounts.update(account, { names });
}

/** `seen` is the latest time that this phone's clock showed: set back, it opens nothing. */
interface Opened {
  readonly account: string;
  readonly key: CryptoKey;
  readonly until: number;
  readonly seen?: number;
}

/** The account's key under the PIN, and that under a key that no page can read out. */
interface Pinned {
  readonly account: string;
  readonly device: CryptoKey;
  readonly by: ByPasscode;
  readonly until: number;
  readonly seen: number;
  readonly tries: number;
}

class Accounts extends Dexie {
  accounts!: Table<Account, string>;
  /** Keys of those who let this phone stay open for a while; not to be read out, gone when locked. */
  opened!: Table<Opened, string>;
  /** Keys under a PIN, for a while and a few tries. */
  pins!: Table<Pinned, string>;

  constructor() {
    super("marrow-accounts", { chromeTransactionDurability: "strict" });
    this.version(1).stores({ accounts: "account", opened: "account" });
    this.version(2).stores({ pins: "account" });
  }
}

export const STAYS_OPEN = 8 * 3_600_000; // ms
export const TRIES = 5; // wrong PINs, then the passcode alone opens
const list = new Accounts();

export interface People {
  readonly here: readonly Account[];
  /** Whose base was lost with every copy: nothing opens it. */
  readonly lost: readonly Account[];
}

/** Who uses this phone; where a base was lost, they come back with what only it held. */
export async function people(): Promise<People> {
  const known = await list.accounts.toArray();
  const stand = await Promise.all(known.map(stands));
  const bases = known.filter((_who, at) => stand[at]).map((who) => who.base);
  const back = await bringBack<Account>(bases);
  const fresh = back.filter((who) => !known.some((one) => one.account === who.account));
  await list.accounts.bulkPut(fresh);
  broughtBack ||= back.length > 0;
  const all = [...bases, ...back.map((who) => who.base)];
  const lost = known.filter((who) => !all.includes(who.base));
  return { here: [...known.filter((who) => !lost.includes(who)), ...fresh], lost };
}

/** The accounts of this phone that can be opened. */
export const accounts = async (): Promise<readonly Account[]> => (await people()).here;

async function stands(who: Account): Promise<boolean> {
  const store = new Store(who.base);
  return store.stands().finally(() => store.close());
}

let broughtBack = false;

/** Whether this page found the phone's database lost, and brought back what only it held. */
export const wasLost = (): boolean => broughtBack;

/** Have the copies hold all that is only on this phone, and nothing else. */
export async function copy(store: Store): Promise<void> {
  const who = (await list.accounts.toArray()).find((one) => one.base === store.name);
  if (who) await copyAll(store, who);
}

/** A first time on this phone: a key of their own, wrapped by the passcode and for recovery. */
export async function begin(
  enrolment: Enrolment,
  passcode: string,
  recovery: string,
  { signer, secret }: CopiedSigner,
): Promise<Store> {
  const raw = random(32);
  const base = await databaseOf(enrolment.account);
  await accounts(); // a base that was lost comes back first
  if (!(await clear(enrolment.account, base)))
    throw new Error("This account is on this phone already.");
  const store = new Store(base, await usable(raw));
  const memory = (navigator as { deviceMemory?: number }).deviceMemory;
  const by = await wrap(raw, passcode, memory && memory <= 2 ? WEAK : STRONG);
  await store.keepKeys({ passcode: by, recovery: await wrapForRecovery(raw, recovery) });
  const sealed = { point: signer.point, c: await store.concealBytes("signer", secret) };
  await store.meta.bulkPut([
    { key: "signer", value: signer },
    { key: SIGNER, value: sealed },
  ]);
  await store.keepEnrolment(enrolment);
  const { account, name, names } = enrolment;
  await list.accounts.put({ account, name, base, ...(names ? { names } : {}) });
  raw.fill(0);
  secret.fill(0);
  return store;
}

/** Whether a base is free to begin in; what was left of one that was being taken off goes, and what
 * nobody can open any more, for its keys are lost and no copy of them came back. */
async function clear(account: string, base: string): Promise<boolean> {
  const who = { account, name: "", base };
  if (!(await stands(who))) {
    await drop(who);
    return true;
  }
  return !(await list.accounts.get(account)) && remove(who);
}

/** The store, opened; undefined for a wrong passcode. With a PIN it opens again by that for a while. */
export async function unlock(
  who: Account,
  passcode: string,
  staysOpen: boolean,
  pin = "",
  now = Date.now(),
): Promise<Store | undefined> {
  const raw = await rawOf(who, passcode);
  if (!raw) return undefined;
  const key = await usable(raw);
  const until = now + STAYS_OPEN;
  if (staysOpen) await list.opened.put({ account: who.account, key, until, seen: now });
  if (pin) await list.pins.put(await pinned(who.account, raw, pin, now));
  raw.fill(0);
  return new Store(who.base, key);
}

async function rawOf(who: Account, passcode: string): Promise<Bytes | undefined> {
  const closed = new Store(who.base);
  const keys = await closed.keys();
  closed.close();
  return keys && unwrap(keys.passcode, passcode);
}

async function pinned(account: string, raw: Bytes, pin: string, now: number): Promise<Pinned> {
  const how = { name: "AES-GCM", length: 256 };
  const device = await crypto.subtle.generateKey(how, false, ["encrypt", "decrypt"]);
  const by = await wrap(raw, pin, WEAK);
  const key = await sealBytes(device, "pin", by.key);
  return { account, device, by: { ...by, key }, until: now + STAYS_OPEN, seen: now, tries: 0 };
}

const over = (row: { until: number; seen?: number }, now: number): boolean =>
  now >= row.until || row.until - now > STAYS_OPEN || now < (row.seen ?? 0);

/** Accounts that open by their PIN now, with the tries that are left. */
export async function pinsOf(now = Date.now()): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const row of await list.pins.toArray()) {
    if (over(row, now) || row.tries >= TRIES) await list.pins.delete(row.account);
    else found.set(row.account, TRIES - row.tries);
  }
  return found;
}

/** The store, opened by the PIN; or the tries that are left. A try counts before it is made. */
export async function unlockByPin(
  who: Account,
  pin: string,
  now = Date.now(),
): Promise<Store | number> {
  const left = (await pinsOf(now)).get(who.account);
  const row = await list.pins.get(who.account);
  if (!left || !row) return 0;
  await list.pins.put({ ...row, tries: row.tries + 1, seen: now });
  const key = await openBytes(row.device, "pin", row.by.key);
  const raw = await unwrap({ ...row.by, key }, pin);
  if (!raw) {
    if (left === 1) await list.pins.delete(who.account);
    return left - 1;
  }
  await list.pins.put({ ...row, tries: 0, seen: now });
  const opened = await usable(raw);
  raw.fill(0);
  return new Store(who.base, opened);
}

/** The store of somebody who let this phone stay open, while that lasts; what is over is deleted.
 * One that was lost comes back first; what does not come back opens for nobody. */
export async function stillOpen(now = Date.now()): Promise<Store | undefined> {
  let found: Store | undefined;
  for (const row of await list.opened.toArray()) {
    const who = await list.accounts.get(row.account);
    if (!who || over(row, now) || !(await here(who))) await list.opened.delete(row.account);
    else {
      await list.opened.put({ ...row, seen: now });
      found ??= new Store(who.base, row.key);
    }
  }
  return found;
}

async function here(who: Account): Promise<boolean> {
  return (await stands(who)) || (await accounts()).some((one) => one.base === who.base);
}

/** Locked is logged out: what stays open is none any more; a PIN opens again while it lasts. */
export async function lock(): Promise<void> {
  await list.opened.clear();
}

/** Wrap the key anew; false for a wrong passcode. What opened by other ways opens no more. */
export async function changePasscode(who: Account, old: string, fresh: string): Promise<boolean> {
  const raw = await rawOf(who, old);
  if (!raw) return false;
  const store = new Store(who.base);
  const keys = await store.keys();
  if (keys) {
    const by = await wrap(raw, fresh, keys.passcode.memory);
    await store.keepKeys({ ...keys, passcode: by });
    await copy(store).catch(() => undefined); // else with the next round
  }
  store.close();
  raw.fill(0);
  await list.opened.delete(who.account);
  await list.pins.delete(who.account);
  return keys !== undefined;
}

/** What would be lost with this account: lines neither sent nor in a file that is known to be
 * somewhere else, pictures not sent. */
export interface Lost {
  readonly lines: number;
  readonly pictures: number;
  /** Pictures that the server takes from this phone no more: they go with the account, or stay. */
  readonly turnedAway: number;
  /** Lines that did not arrive and are in such a file alone. */
  readonly carried: number;
  /** Forms that were begun and not saved. */
  readonly drafts: number;
}

export async function wouldLose(who: Account): Promise<Lost> {
  const store = new Store(who.base);
  const kept = (await store.meta.get(KEPT))?.value as Kept | undefined;
  const waiting = await store.ops.where("state").equals("queued").toArray();
  const pictures = await store.blobs.where("state").equals("queued").count();
  const turnedAway = await store.blobs.where("state").equals("turned_away").count();
  const drafts = await store.drafts.count();
  store.close();
  const lines =
    callsWaiting(who.base) +
    waiting.filter((op) => !kept || op.q < kept.from || op.q > kept.to).length;
  const carried = waiting.length + callsWaiting(who.base) - lines;
  return { lines, pictures, turnedAway, carried, drafts };
}

/** Take an account off this phone; false where that would lose a line. */
export async function remove(who: Account): Promise<boolean> {
  const lost = await wouldLose(who);
  if (lost.lines + lost.pictures > 0) return false;
  await drop(who);
  return true;
}

async function drop(who: Account): Promise<void> {
  await forget(who.base);
  forgetTeam(who.base);
  letGo(who.base);
  noteKept(who.base, true);
  await list.transaction("rw", list.accounts, list.opened, list.pins, async () => {
    await list.accounts.delete(who.account);
    await list.opened.delete(who.account);
    await list.pins.delete(who.account);
  });
  await Dexie.delete(who.base); // last: other tabs look at the list when their base goes
}
