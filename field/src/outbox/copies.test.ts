import "fake-indexeddb/auto";
import Dexie from "dexie";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { blobsOf, bytesOf, keepBlob } from "../carry/blobs";
import { recallSigned, toSignOf } from "../screens/sign";
import type { App } from "../shell/app";
import {
  accounts,
  begin,
  copy,
  lock,
  people,
  remove,
  stillOpen,
  unlock,
  wasLost,
} from "../vault/accounts";
import { serverKey } from "../vault/recovering";
import { copiedSigner, random } from "../vault/seal";
import { copyLines, forget } from "./copies";
import { freshId } from "./ids";
import { keep, told } from "./keep";
import { Pace } from "./pace";
import { type Enrol, exchangeAnew, type Send } from "./push";
import { SIGNER, type Store } from "./store";
import { Caches, NOW, push, Server, texts, visit } from "./testing";

const PASSCODE = "riz au gras du soir";

let disk: Caches;
let begun = 0;

beforeEach(() => {
  disk = new Caches();
  vi.stubGlobal("caches", disk);
  vi.stubGlobal("location", { origin: "https://marrow.example" });
});

afterEach(() => vi.unstubAllGlobals());

async function somebody() {
  begun += 1;
  const { text } = await serverKey();
  const me = { inst: "i", token: "t", name: "Yang He", account: `a${begun}` };
  const store = await begin(me, PASSCODE, text, await copiedSigner());
  await copy(store);
  return { store, me };
}

/** The browser finds its database broken and begins an empty one. */
async function lose(...names: string[]): Promise<void> {
  for (const name of names) await Dexie.delete(name);
  const list = await new Dexie("marrow-accounts").open();
  await list.table("accounts").clear();
  list.close();
}

async function again(account: string) {
  const who = (await accounts()).find((one) => one.account === account);
  return who && (await unlock(who, PASSCODE, false));
}

test("when the browser lost its database, all that was only here is back", async () => {
  const { store, me } = await somebody();
  const signer = (await store.signer()).point;
  await visit(store, 1);
  const picture = new Uint8Array(300_000).fill(7);
  const sha = await keepBlob(store, picture, NOW);
  const id = freshId(NOW);
  const data = { what: "LECTURE", people: 12 };
  const said = { id, type: "record", kind: "create", data, month: "2026-11" } as const;
  await keep(store, said, NOW, [sha]);
  const before = await texts(store);
  store.close();
  await lose(store.name);

  const back = await again(me.account);
  if (!back) throw new Error("Nobody came back.");
  expect(wasLost()).toBe(true);
  expect(await texts(back)).toEqual(before);
  expect(await back.standing()).toEqual({ here: 3, lines: 3 });
  expect((await told(back, id))?.data).toEqual(data);
  expect(await bytesOf(back, sha)).toEqual(picture);
  expect((await blobsOf(back, id)).map((blob) => blob.sha)).toEqual([sha]);
  expect((await back.enrolment())?.token).toBe("t");
  expect((await back.signer()).point).toBe(signer);

  await visit(back, 9); // it goes on where it stood, and a server takes all of it
  const server = new Server();
  await push(back, server.send, () => NOW);
  expect(server.held).toHaveLength(4);
  expect(server.hashes.at(-1)).toBe((await back.ops.orderBy("q").last())?.h);
  back.close();
});

test("what arrived needs no copy; the last line keeps one, for the next is chained to it", async () => {
  const { store, me } = await somebody();
  const server = new Server();
  for (const n of [1, 2, 3]) await visit(store, n);
  await push(store, server.send, () => NOW);
  await copy(store);
  expect(disk.names()).toEqual(["account", "last"]);
  await visit(store, 4);
  await copy(store);
  store.close();
  await lose(store.name);

  const back = await again(me.account);
  if (!back) throw new Error("Nobody came back.");
  expect(await back.waiting()).toBe(1);
  await visit(back, 5);
  await push(back, server.send, () => NOW);
  expect(server.held.map((line) => JSON.parse(line).d.count)).toEqual([1, 2, 3, 4, 5]);
  back.close();
});

test("what a server lost as well as the phone is no end of the way: it goes on as a new one", async () => {
  const { store, me } = await somebody();
  const server = new Server();
  for (const n of [1, 2, 3]) await visit(store, n);
  await push(store, server.send, () => NOW);
  await visit(store, 4);
  await copy(store);
  store.close();
  await lose(store.name);
  server.setBack(1);

  const back = await again(me.account);
  if (!back) throw new Error("Nobody came back.");
  const other = new Server();
  const send: Send = (body, token) => (token === "t2" ? other : server).send(body);
  const enrol: Enrol = async () => ({ ...me, inst: "i2", token: "t2" });
  await exchangeAnew(back, send, enrol, new Pace(), () => NOW);
  expect(other.held.map((line) => JSON.parse(line).d.count)).toContain(4);
  expect(await back.waiting()).toBe(0);
  back.close();
});

test("a phone without room keeps neither the record nor a half of it", async () => {
  const { store } = await somebody();
  await visit(store, 1);
  disk.room = 10;
  await expect(visit(store, 2)).rejects.toThrow("full");
  expect(await store.waiting()).toBe(1);
  disk.room = Number.POSITIVE_INFINITY;
  await visit(store, 3);
  expect((await texts(store)).map((line) => JSON.parse(line).d.count)).toEqual([1, 3]);
  store.close();
});

test("a record that the database did not take has no copy that could come back", async () => {
  const { store } = await somebody();
  await visit(store, 1);
  const before = disk.names();
  const full = vi.spyOn(store.recs, "put").mockRejectedValueOnce(new Error("full"));
  await expect(visit(store, 2)).rejects.toThrow();
  full.mockRestore();
  expect(disk.names()).toEqual(before);
  store.close();
});

test("a page whose database was lost under it says not saved, and begins no second chain", async () => {
  const { store, me } = await somebody();
  await visit(store, 1);
  await store.transaction("rw", store.tables, async () => {
    for (const table of store.tables) await table.clear();
  });
  await expect(visit(store, 2)).rejects.toThrow("memory was lost");
  expect(await store.ops.count()).toBe(0);
  store.close();
  await lose();
  const back = await again(me.account);
  expect(await back?.waiting()).toBe(1);
  back?.close();
});

test("of two tries at one number the later one comes back", async () => {
  const { store, me } = await somebody();
  await visit(store, 1);
  const op = await store.ops.get(1);
  if (!op) throw new Error("No line.");
  await copyLines(store.name, {
    ops: [{ ...op, h: "another", at: op.at - 1 }],
    rec: undefined,
    before: "",
  });
  const before = await texts(store);
  store.close();
  await lose(store.name);
  const back = await again(me.account);
  expect(back && (await texts(back))).toEqual(before);
  back?.close();
});

test("a try that was never kept takes no copy from the record that was", async () => {
  const { store, me } = await somebody();
  await visit(store, 1);
  const before = await store.ops.get(1);
  if (!before) throw new Error("No line.");
  // the browser was killed after the copy, before the database had it
  const ghost = { ...before, q: 2, rec: "ghost", h: "ghost" };
  await copyLines(store.name, { ops: [ghost], rec: undefined, before: before.h });
  await visit(store, 2);
  await copy(store);
  expect(disk.names().filter((name) => name.includes("ghost"))).toEqual([]);
  await visit(store, 3);
  const told_ = await texts(store);
  // and the same where nobody had looked: the next line rests on what was kept
  const late = { ...ghost, at: ghost.at + 9_000 };
  await copyLines(store.name, { ops: [late], rec: undefined, before: before.h });
  store.close();
  await lose(store.name);
  const back = await again(me.account);
  expect(back && (await texts(back))).toEqual(told_);
  back?.close();
});

test("a phone from before that lost its memory becomes a new installation, whose key is believed", async () => {
  const { store, me } = await somebody();
  await visit(store, 1);
  await store.meta.delete(SIGNER); // it began before keys were sealed
  await copy(store);
  store.close();
  await lose(store.name);
  const back = await again(me.account);
  if (!back) throw new Error("Nobody came back.");
  const server = new Server();
  const away: Enrol = async () => undefined;
  await exchangeAnew(back, server.send, away, new Pace(), () => NOW);
  expect(server.held).toHaveLength(1); // sent by its token, whoever is signed in
  const told: string[] = [];
  const enrol: Enrol = async (key) => {
    told.push(key);
    return { ...me, inst: "i2", token: "t2" };
  };
  await exchangeAnew(back, server.send, enrol, new Pace(), () => NOW);
  await exchangeAnew(back, new Server().send, enrol, new Pace(), () => NOW);
  expect(told).toEqual([(await back.signer()).point]);
  expect((await back.chain())?.inst).toBe("i2");
  back.close();
});

test("an account that was taken off the phone does not come back", async () => {
  const { store, me } = await somebody();
  store.close();
  const who = (await accounts()).find((one) => one.account === me.account);
  if (!who) throw new Error("Nobody is here.");
  expect(await remove(who)).toBe(true);
  expect((await accounts()).map((one) => one.account)).not.toContain(me.account);
  expect(disk.names()).toEqual([]);
});

test("a form in another tab writes nothing for an account that was taken off, which begins anew", async () => {
  const { store, me } = await somebody(); // still open, as in that other tab
  const who = (await accounts()).find((one) => one.account === me.account);
  if (!who) throw new Error("Nobody is here.");
  expect(await remove(who)).toBe(true);
  await store.keepDraft("VISIT", { count: "1" });
  expect(await Dexie.exists(who.base)).toBe(false);
  const { text } = await serverKey();
  const anew = await begin(me, "another passcode", text, await copiedSigner());
  expect(await anew.draft("VISIT")).toBeUndefined();
  anew.close();
});

test("who was being taken off when the browser was killed begins anew", async () => {
  const { store, me } = await somebody();
  store.close();
  await forget(store.name);
  const list = await new Dexie("marrow-accounts").open();
  await list.table("accounts").delete(me.account); // that far, and the base lies there yet
  list.close();
  const { text } = await serverKey();
  const anew = await begin(me, "another passcode", text, await copiedSigner());
  await visit(anew, 1);
  expect(await anew.waiting()).toBe(1);
  anew.close();
});

test("the same person does not begin anew over what comes back", async () => {
  const { store, me } = await somebody();
  await visit(store, 1);
  store.close();
  await lose(store.name);
  const { text } = await serverKey();
  const anew = begin(me, "another passcode", text, await copiedSigner());
  await expect(anew).rejects.toThrow("on this phone already");
  const back = await again(me.account);
  expect(await back?.waiting()).toBe(1);
  back?.close();
});

test("a new passcode opens what comes back", async () => {
  const { changePasscode } = await import("../vault/accounts");
  const { store, me } = await somebody();
  await visit(store, 1);
  store.close();
  const who = (await accounts()).find((one) => one.account === me.account);
  if (!who) throw new Error("Nobody is here.");
  await changePasscode(who, PASSCODE, "un autre soir de riz");
  await lose(store.name);
  const same = (await accounts()).find((one) => one.account === me.account);
  expect(same && (await unlock(same, PASSCODE, false))).toBeUndefined();
  const back = same && (await unlock(same, "un autre soir de riz", false));
  expect(await back?.waiting()).toBe(1);
  back?.close();
});

test("what was answered with no network waits for no second signature after a lost memory", async () => {
  const { store, me } = await somebody();
  const signature = { type: "signature", kind: "create", month: "2026-11" } as const;
  const no = { of: "case", case: "c1", so: false, reason: "He only watched" };
  await keep(store, { ...signature, id: freshId(NOW), data: no }, NOW);
  await keep(store, { ...signature, id: freshId(NOW), data: { of: "step", step: "s1" } }, NOW);
  store.close();
  await lose(store.name);
  const back = await again(me.account);
  if (!back) throw new Error("Nobody came back.");
  await recallSigned(back);
  const lists = { steps: [{ id: "s1" }], cases: [{ id: "c1" }, { id: "c2" }] };
  const waits = toSignOf({ reference: lists } as unknown as App, await signedOf(back));
  expect(waits.map((one) => one.id)).toEqual(["c2"]);
  back.close();
});

const signedOf = async (store: Store): Promise<readonly string[]> =>
  (await store.value<string[]>("signed")) ?? [];

/** A browser with a file for each base finds one broken: the list of this phone stands yet. */
async function loseAlone(base: string): Promise<void> {
  await Dexie.delete(base);
}

test("where only the account's own base was lost, all that was only here is back by its passcode", async () => {
  const { store, me } = await somebody();
  await visit(store, 1);
  await visit(store, 2);
  const before = await texts(store);
  store.close();
  await loseAlone(store.name);
  const back = await again(me.account);
  if (!back) throw new Error("The right passcode opened nothing.");
  expect(await texts(back)).toEqual(before);
  expect(await back.standing()).toEqual({ here: 2, lines: 2 });
  back.close();
});

test("a phone left open whose own base was lost opens again, with all that was only here", async () => {
  const { store, me } = await somebody();
  await visit(store, 1);
  store.close();
  const who = (await accounts()).find((one) => one.account === me.account);
  if (!who) throw new Error("Nobody is here.");
  (await unlock(who, PASSCODE, true))?.close();
  await loseAlone(store.name);
  const back = await stillOpen();
  expect(await back?.chain(), "else its page would begin again and again").toBeDefined();
  expect(await back?.waiting()).toBe(1);
  back?.close();
  await lock();
});

test("whose base was lost with every copy is told so, stays open for nobody, and begins anew", async () => {
  const { store, me } = await somebody();
  await visit(store, 1);
  store.close();
  const who = (await accounts()).find((one) => one.account === me.account);
  if (!who) throw new Error("Nobody is here.");
  (await unlock(who, PASSCODE, true))?.close();
  await loseAlone(store.name);
  await forget(store.name);
  expect(await stillOpen()).toBeUndefined();
  const { here, lost } = await people();
  expect(lost.map((one) => one.account)).toEqual([me.account]);
  expect(here.map((one) => one.account)).not.toContain(me.account);
  const { text } = await serverKey();
  const anew = await begin({ ...me, inst: "i2" }, "another passcode", text, await copiedSigner());
  await visit(anew, 1);
  expect(await anew.waiting()).toBe(1);
  anew.close();
  expect((await people()).lost).toEqual([]);
});
