import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { fileIsKept, writeLocked } from "../carry/file";
import { freshId } from "../outbox/ids";
import { keep } from "../outbox/keep";
import { Store } from "../outbox/store";
import { shared } from "../screens/carrying";
import { leftOf, mayPhotograph } from "../see/safety";
import {
  type Account,
  accounts,
  begin,
  changePasscode,
  lock,
  pinsOf,
  remove,
  STAYS_OPEN,
  stillOpen,
  TRIES,
  unlock,
  unlockByPin,
  wouldLose,
} from "./accounts";
import { lay, orThrowOff } from "./ballast";
import { copiedSigner, pinEnough, random, toBase64, usable } from "./seal";

Object.assign(globalThis, { location: { origin: "https://test" } });
const NOW = 1_795_000_000_000;
const PASSCODE = "riz au gras";
const PIN = "271828";

async function somebody(account: string): Promise<Account> {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const me = { inst: account, token: "t", name: account, account };
  (await begin(me, PASSCODE, toBase64(point), await copiedSigner())).close();
  const found = (await accounts()).find((one) => one.account === account);
  if (!found) throw new Error("Nobody began.");
  return found;
}

async function records(who: Account): Promise<void> {
  const store = await unlock(who, PASSCODE, false);
  if (!store) throw new Error("It is locked.");
  const said = { type: "visits" as const, kind: "create" as const, month: "2026-11" };
  const id = freshId(new Date(NOW));
  await keep(store, { ...said, id, data: { count: 3 } }, new Date(NOW));
  store.close();
}

test("a PIN opens for eight hours and five tries, and no longer", async () => {
  const who = await somebody("pin");
  await unlock(who, PASSCODE, false, PIN, NOW);
  expect(await unlockByPin(who, PIN, NOW + 1000)).toBeInstanceOf(Store);
  await lock();
  expect(await unlockByPin(who, PIN, NOW + STAYS_OPEN - 1)).toBeInstanceOf(Store);
  expect(await unlockByPin(who, PIN, NOW + STAYS_OPEN)).toBe(0);
  expect([...(await pinsOf(NOW)).keys()]).toEqual([]);

  await unlock(who, PASSCODE, false, PIN, NOW);
  const left: unknown[] = [];
  for (let n = 0; n < TRIES; n += 1) left.push(await unlockByPin(who, "000001", NOW));
  expect(left).toEqual([4, 3, 2, 1, 0]);
  expect(await unlockByPin(who, PIN, NOW), "the right one comes too late").toBe(0);
});

test("a right PIN forgives the wrong ones before it, and a clock set back opens nothing", async () => {
  const who = await somebody("back");
  await unlock(who, PASSCODE, true, PIN, NOW);
  expect(await unlockByPin(who, "000001", NOW)).toBe(4);
  expect(await unlockByPin(who, PIN, NOW + 60_000)).toBeInstanceOf(Store);
  expect((await pinsOf(NOW + 60_000)).get("back")).toBe(TRIES);
  expect((await pinsOf(NOW)).get("back")).toBeUndefined();
  expect(await stillOpen(NOW + 60_000)).toBeInstanceOf(Store);
  expect(await stillOpen(NOW)).toBeUndefined();
  expect(await stillOpen(NOW + 60_000), "what was over is deleted").toBeUndefined();
});

test("a PIN is six digits that are no row and not alike", () => {
  for (const weak of ["123456", "654321", "111111", "112112", "12345", "abcdef", "1234567"]) {
    expect(pinEnough(weak), weak).toBe(false);
  }
  expect(pinEnough(PIN)).toBe(true);
});

test("another passcode opens the same records; the old one and the PIN open no more", async () => {
  const who = await somebody("change");
  await records(who);
  await unlock(who, PASSCODE, true, PIN);
  expect(await changePasscode(who, "not this one", "sauce arachide")).toBe(false);
  expect(await changePasscode(who, PASSCODE, "sauce arachide")).toBe(true);
  expect(await unlock(who, PASSCODE, false)).toBeUndefined();
  const store = await unlock(who, "sauce arachide", false);
  expect((await store?.enrolment())?.account).toBe("change");
  expect(await store?.waiting()).toBe(1);
  expect(await unlockByPin(who, PIN)).toBe(0);
  expect(await stillOpen()).toBeUndefined();
});

test("an account leaves the phone only when nothing is lost by it", async () => {
  const who = await somebody("leaves");
  await records(who);
  expect([(await wouldLose(who)).lines, await remove(who)]).toEqual([1, false]);
  const file = await writeLocked(who);
  if (!file) throw new Error("Nothing waits.");
  expect((await wouldLose(who)).lines, "nobody said yet that the file is there").toBe(1);
  const store = new Store(who.base);
  await fileIsKept(store, file);
  expect(await wouldLose(who)).toMatchObject({ lines: 0, pictures: 0, carried: 1 });
  await records(who);
  expect([(await wouldLose(who)).lines, await remove(who)], "kept after the file").toEqual([
    1,
    false,
  ]);
  const second = await writeLocked(who);
  if (second) await fileIsKept(store, second);
  store.close();
  expect(await remove(who)).toBe(true);
  expect((await accounts()).map((one) => one.account)).not.toContain("leaves");
});

test("a form that was begun and not saved is told before its account goes", async () => {
  const who = await somebody("begun");
  const store = await unlock(who, PASSCODE, false);
  expect((await wouldLose(who)).drafts).toBe(0);
  await store?.keepDraft("ASK", { story: "A rash" });
  expect((await wouldLose(who)).drafts).toBe(1);
  store?.close();
});

test("a share that is closed hands nothing on, and the account stays on the phone", async () => {
  const who = await somebody("shares");
  await records(who);
  const file = await writeLocked(who);
  if (!file) throw new Error("Nothing waits.");
  const store = new Store(who.base);
  let closes = true;
  const share = (): Promise<void> => (closes ? Promise.reject(new Error("AbortError")) : wait());
  const wait = async (): Promise<void> => undefined;
  vi.stubGlobal("navigator", { share });
  expect(await shared((word) => word, store, file)).toEqual(["fileNotGiven"]);
  expect([(await wouldLose(who)).lines, await remove(who)]).toEqual([1, false]);
  closes = false;
  expect(await shared((word) => word, store, file)).toEqual(["fileKept"]);
  expect((await wouldLose(who)).carried).toBe(1);
  store.close();
  vi.unstubAllGlobals();
});

test("a full phone throws its ballast off once, and then says that it is full", async () => {
  const store = new Store("ballast", await usable(random(32)));
  await lay(store, 10 * 1024 * 1024, 1000);
  expect(await store.meta.get("ballast"), "no room for ballast").toBeUndefined();
  await lay(store, undefined, 100_000);
  expect(await store.meta.get("ballast")).toMatchObject({ value: { length: 100_000 } });
  const full = Object.assign(new Error("x"), { name: "QuotaExceededError" });
  let tries = 0;
  const once = async (): Promise<void> => {
    tries += 1;
    if (tries === 1) throw Object.assign(new Error("y"), { name: "AbortError", inner: full });
  };
  expect(await orThrowOff(store, once)).toBe(true);
  expect(await store.meta.get("ballast")).toBeUndefined();
  await expect(orThrowOff(store, () => Promise.reject(full))).rejects.toBe(full);
});

test("a save that fails is tried once more without the ballast, whatever the browser calls it", async () => {
  const store = new Store("ballast-other", await usable(random(32)));
  await lay(store, undefined, 1000);
  let tries = 0;
  const once = async (): Promise<void> => {
    tries += 1;
    if (tries === 1) {
      throw Object.assign(new Error("Internal error opening backing store"), {
        name: "UnknownError",
      });
    }
  };
  expect(await orThrowOff(store, once)).toBe(true);
  expect([tries, await store.meta.get("ballast")]).toEqual([2, undefined]);
  const other = (): Promise<void> => Promise.reject(new Error("no"));
  await expect(orThrowOff(store, other)).rejects.toThrow("no");
});

test("room that a browser only makes up is unknown", () => {
  const giga = 1024 ** 3;
  const used = 9_232_636;
  expect(
    leftOf({ quota: used + 10 * giga, usage: used }),
    "the same on every phone",
  ).toBeUndefined();
  expect(leftOf({ quota: used + 12 * 1024 * 1024, usage: used })).toBe(12 * 1024 * 1024);
  expect(leftOf({ quota: used, usage: used })).toBe(0);
  expect(leftOf({ usage: used })).toBeUndefined();
  expect(leftOf(undefined)).toBeUndefined();
});

test("photographs stop before records do", () => {
  const mega = 1024 * 1024;
  expect([mayPhotograph(19 * mega), mayPhotograph(20 * mega), mayPhotograph(undefined)]).toEqual([
    false,
    true,
    true,
  ]);
});
