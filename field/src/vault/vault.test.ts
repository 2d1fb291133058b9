import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { freshId } from "../outbox/ids";
import { keep } from "../outbox/keep";
import { Locked, Store } from "../outbox/store";
import { worry } from "../see/safety";
import { strongEnough } from "./passcodes";
import { serverKey, unwrapped } from "./recovering";
import {
  copiedSigner,
  fromBase64,
  open,
  random,
  seal,
  unwrap,
  usable,
  wrap,
  wrapForRecovery,
} from "./seal";

const NOW = new Date("2026-11-24T10:00:00Z");
vi.stubGlobal("location", { origin: "https://marrow.example" });

test("what is sealed opens in its own place alone, and never when it was altered", async () => {
  const key = await usable(random(32));
  const sealed = await seal(key, "op:1", "诊疗 ✓");
  expect(await open(key, "op:1", sealed)).toBe("诊疗 ✓");
  await expect(open(key, "op:2", sealed)).rejects.toThrow();
  sealed[20] = (sealed[20] ?? 0) ^ 1;
  await expect(open(key, "op:1", sealed)).rejects.toThrow();
});

test("the right passcode gives the key back, a wrong one nothing", async () => {
  const raw = random(32);
  const held = await wrap(raw, "riz au gras du soir", 256);
  expect(await unwrap(held, "riz au gras du soir ")).toEqual(raw);
  expect(await unwrap(held, "riz au gras du matin")).toBeUndefined();
});

test("a passcode that a found phone gives away is not taken", () => {
  for (const weak of ["", "1234567", "12345678", "aaaaaaaa", "abababab", "abcdefgh"]) {
    expect(strongEnough(weak), weak).toBe(false);
  }
  for (const weak of [
    "password",
    "Password1!",
    "qwertyui",
    "azertyuiop",
    "19841203",
    "2026-11-29",
  ]) {
    expect(strongEnough(weak), weak).toBe(false);
  }
  const names = ["Yang He (invented)", "杨和"];
  for (const weak of ["yanghe1984", "Yang He 12", "motdepasse", "杨和密码1984"]) {
    expect(strongEnough(weak, names), weak).toBe(false);
  }
  expect(strongEnough("x7#9Qz!2", names)).toBe(true);
  expect(strongEnough("yang he mange du riz", names)).toBe(true);
  for (const good of ["riz au gras du soir", "k7-nuit-42", "几内亚医疗队的夜班表"]) {
    expect(strongEnough(good), good).toBe(true);
  }
});

test("the server's recovery key opens what the passcode no longer does", async () => {
  const { text, pair } = await serverKey();
  const raw = random(32);
  const told = await wrapForRecovery(raw, text);
  expect(await unwrapped(told, pair)).toEqual(raw);
});

test("nothing that was said stands in clear on the phone, and a locked store tells nothing", async () => {
  const store = new Store("sealed", await usable(random(32)));
  await store.keepEnrolment({ inst: "i", token: "geheim", name: "n", account: "a" });
  await store.keepDraft("OPERATION", { with_whom: "geheim" });
  const data = { with_whom: "geheim" };
  const said = { id: freshId(NOW), type: "record" as const, kind: "create" as const };
  await keep(store, { ...said, data, month: "2026-11" }, NOW);
  for (const table of store.tables) {
    for (const row of await table.toArray()) {
      const plain = new TextDecoder().decode(
        new Uint8Array(Object.values(row).flatMap((v) => (v instanceof Uint8Array ? [...v] : []))),
      );
      expect(JSON.stringify(row) + plain).not.toContain("geheim");
    }
  }
  const closed = new Store("sealed");
  await expect(closed.enrolment()).rejects.toBeInstanceOf(Locked);
  expect(await closed.waiting()).toBe(1);
});

test("an account begins, locks, opens again, and its file opens nothing here", async () => {
  const { accounts, begin, lock, stillOpen, unlock } = await import("./accounts");
  const { writeLocked } = await import("../carry/file");
  const signer = await copiedSigner();
  const { text } = await serverKey();
  const me = { inst: "i", token: "t", name: "Wang", account: "a" };
  const store = await begin(me, "riz au gras", text, signer);
  await keep(
    store,
    { id: "r", type: "visits", kind: "create", data: { count: 3 }, month: "2026-11" },
    NOW,
  );
  await expect(begin(me, "another one", text, signer)).rejects.toThrow();
  const [who] = await accounts();
  if (!who) throw new Error("Nobody is there.");
  expect(await unlock(who, "riz au gros", false)).toBeUndefined();
  const again = await unlock(who, "riz au gras", true);
  expect(await again?.waiting()).toBe(1);
  expect(await (await stillOpen())?.enrolment()).toEqual(me);
  await lock();
  expect(await stillOpen()).toBeUndefined();
  const text_ = new TextDecoder("latin1").decode((await writeLocked(who))?.data);
  const file = JSON.parse(text_.split("\n", 1)[0] ?? "");
  expect([file.inst, file.how, file.from, file.prev]).toEqual(["i", "lines", 1, ""]);
  expect(fromBase64(file.recovery.point)).toHaveLength(65);
});

test("one is asked after seven days, and warned after thirty", () => {
  const ago = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
  expect(worry(undefined, NOW)).toBe("none");
  expect([worry(ago(6), NOW), worry(ago(7), NOW), worry(ago(30), NOW)]).toEqual([
    "none",
    "week",
    "month",
  ]);
});
