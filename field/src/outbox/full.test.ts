import "fake-indexeddb/auto";
import Dexie from "dexie";
import { afterEach, expect, test, vi } from "vitest";
import { accounts, begin, copy, unlock } from "../vault/accounts";
import { serverKey } from "../vault/recovering";
import { copiedSigner } from "../vault/seal";
import { issueAgain, type Said, told } from "./keep";
import { keepOwed } from "./keepowed";
import { callsWaiting, letGo, owe, owedOf } from "./owed";
import { Pace } from "./pace";
import { exchange, Idle, type Send, Unknown } from "./push";
import { callStraight, exchangeAll } from "./round";
import { ANEW, type Store } from "./store";
import { Caches, ME, NOW, phone, push, Server, Strict, texts, visit } from "./testing";

const now = (): Date => NOW;
const help = (id: string): Said => ({
  id,
  type: "check_in",
  kind: "create",
  data: { mission: "m", state: "NEEDS_HELP", note: "" },
  month: "2026-11",
});
const records = (server: Server): string[] => server.held.map((line) => JSON.parse(line).r);

let full: Store | undefined;

/** No line fits any more. */
function fill(store: Store): void {
  full = store;
  vi.spyOn(store, "transaction").mockRejectedValue(new DOMException("full", "QuotaExceededError"));
}
afterEach(() => {
  if (full) letGo(full.name);
  vi.restoreAllMocks();
});

/** A server under whose first installation others write; each enrolment is one more. */
class Office {
  all = new Map<string, Server>([["i", new Strict()]]);
  unknown = new Set<string>();

  readonly send: Send = async (body) => {
    const { inst } = JSON.parse(body.split("\n")[0] ?? "") as { inst: string };
    const server = this.all.get(inst);
    if (!server || this.unknown.has(inst)) throw new Unknown("");
    return server.send(body);
  };
  readonly enrol = async () => {
    const inst = `j${this.all.size}`;
    this.all.set(inst, new Strict());
    return { ...ME, inst, token: `t${inst}` };
  };
  readonly way = { send: this.send, enrol: this.enrol, now };

  of(inst: string): Server {
    const server = this.all.get(inst);
    if (!server) throw new Error(inst);
    return server;
  }

  /** What main does in a round. */
  async round(store: Store): Promise<void> {
    await keepOwed(store).catch(() => undefined);
    await callStraight(store, this.way);
    await exchangeAll(store, this.way, new Pace()).catch(() => undefined);
  }
}

/** A phone of two visits, of whose line another copy of it sent one under the same number. */
async function parted(): Promise<{ store: Store; office: Office }> {
  const [store, other, office] = [await phone(1), await phone(1), new Office()];
  await push(other, office.send, now);
  await visit(store, 2);
  return { store, office };
}

test("a call leaves a full phone also where its chain parted, as one new installation however often it is tried", async () => {
  const { store, office } = await parted();
  fill(store);
  await owe(store, help("sos"), NOW);
  for (let n = 0; n < 3; n += 1) await office.round(store);
  expect([...office.all.keys()]).toEqual(["i", "j1"]);
  expect(records(office.of("j1")), "before all else").toEqual(["sos"]);
  expect(callsWaiting(store.name)).toBe(0);
  vi.restoreAllMocks();
  await office.round(store);
  expect([...office.all.keys()]).toEqual(["i", "j1"]);
  expect(records(office.of("j1")), "then what waited").toHaveLength(3);
  expect((await told(store, "sos"))?.data.state).toBe("NEEDS_HELP");
  expect([await owedOf(store), await store.waiting()]).toEqual([[], 0]);
  await visit(store, 3);
  await office.round(store);
  expect(office.of("j1").held, "the phone goes on as that one").toEqual(
    (await texts(store)).slice(2),
  );
});

test("the same where the server knows the phone no more", async () => {
  const [store, office] = [await phone(2), new Office()];
  await push(store, office.send, now);
  office.unknown.add("i");
  fill(store);
  await owe(store, help("sos"), NOW);
  for (let n = 0; n < 3; n += 1) await office.round(store);
  expect(records(office.of("j1"))).toEqual(["sos"]);
  office.unknown.add("j1"); // and once more
  await owe(store, help("again"), NOW);
  for (let n = 0; n < 2; n += 1) await office.round(store);
  expect([...office.all.keys()]).toEqual(["i", "j1", "j2"]);
  vi.restoreAllMocks();
  await office.round(store);
  expect(records(office.of("j2")).filter((id) => id === "sos" || id === "again")).toHaveLength(2);
  expect(records(office.of("j2")), "and what only the lost server had").toHaveLength(4);
  expect([await owedOf(store), await store.waiting()]).toEqual([[], 0]);
});

test("what went as a phone that the server lost goes again as the new one, while the phone is full", async () => {
  const [store, office] = [await phone(1), new Office()];
  fill(store);
  await owe(store, help("sos"), NOW);
  await office.round(store);
  expect(records(office.of("i")).at(-1)).toBe("sos");
  office.unknown.add("i");
  await office.round(store);
  expect(records(office.of("j1"))).toEqual(["sos"]);
  vi.restoreAllMocks();
  await office.round(store);
  expect(records(office.of("j1")).filter((id) => id === "sos")).toHaveLength(1);
  expect([await store.waiting(), await owedOf(store), office.all.size]).toEqual([0, [], 2]);
});

test("of a phone that was silent for half a year a call goes in the round in which it is heard again", async () => {
  const [store, server] = [await phone(1), new Server()];
  let silent = true;
  const send: Send = async (body) => {
    if (silent) throw new Idle("");
    return server.send(body);
  };
  const enrol = async () => {
    silent = false;
    return ME;
  };
  await owe(store, help("sos"), NOW);
  full = store;
  vi.spyOn(store.ops, "add").mockRejectedValue(new DOMException("full", "QuotaExceededError"));
  vi.spyOn(store.ops, "bulkAdd").mockRejectedValue(new DOMException("full", "QuotaExceededError"));
  const way = { send, enrol, now };
  expect(await callStraight(store, way)).toBe(false);
  await exchangeAll(store, way, new Pace());
  expect(records(server).at(-1)).toBe("sos");
  expect(callsWaiting(store.name)).toBe(0);
});

test("a call tells, as every exchange does, how much is only on this phone", async () => {
  const [store, server] = [await phone(60), new Server()];
  fill(store);
  await owe(store, help("sos"), NOW);
  await callStraight(store, { send: server.send, enrol: async () => undefined, now });
  const told = server.heads.map(({ left, shots }) => [left, shots]);
  expect(told).toEqual([[0, 0], [10, 0], [0, 0], [0, 0]]); // biome-ignore format: a row
});

test("who is signed out calls as nobody new; the call waits", async () => {
  const { store, office } = await parted();
  fill(store);
  await owe(store, help("sos"), NOW);
  const out = { ...office.way, enrol: async () => undefined };
  expect(await callStraight(store, out)).toBe(false);
  expect([callsWaiting(store.name), office.all.size]).toEqual([1, 1]);
});

test("a phone goes on as a new installation with all that waits, or not at all", async () => {
  const { store } = await parted();
  const before = await texts(store);
  const add = vi
    .spyOn(store.ops, "update")
    .mockRejectedValue(new DOMException("full", "QuotaExceededError"));
  const j = { ...ME, inst: "j" };
  await expect(issueAgain(store, j)).rejects.toThrow();
  expect([await texts(store), (await store.enrolment())?.inst]).toEqual([before, "i"]);
  add.mockRestore();
  expect(await issueAgain(store, j)).toBe(2);
  expect([await store.waiting(), (await store.chain())?.inst]).toEqual([2, "j"]);
});

test("a full phone, which cannot put down what arrived, does not send the same lines over and over", async () => {
  const [store, server, pace] = [await phone(40), new Server(), new Pace()];
  fill(store);
  const hour = async (): Promise<number> => {
    let [rounds, passed] = [0, 0]; // ms
    for (; passed < 3_600_000 && rounds < 200; rounds += 1) {
      await exchange(store, server.send, pace, now).catch(() => undefined);
      passed += pace.pause(0.5);
    }
    return rounds;
  };
  expect(await hour(), "rounds in an hour").toBeLessThan(20);
  expect(server.held).toHaveLength(40);
  vi.restoreAllMocks(); // there is room again
  await exchange(store, server.send, pace, now);
  expect(await store.waiting()).toBe(0);
  await visit(store, 41);
  await expect(
    exchange(store, () => Promise.reject(new TypeError("")), pace, now),
  ).rejects.toThrow();
  expect(pace.pause(1), "and it is as quick as any").toBe(6_000);
});

test("where the memory is lost just after a call was kept that had gone straight, the phone goes on as it was", async () => {
  vi.stubGlobal("caches", new Caches());
  vi.stubGlobal("location", { origin: "https://marrow.example" });
  const { text } = await serverKey();
  const me = { ...ME, account: "full" };
  const store = await begin(me, "riz au gras du soir", text, await copiedSigner());
  const office = new Office();
  await visit(store, 1);
  await exchangeAll(store, office.way, new Pace());
  await copy(store);
  fill(store);
  await owe(store, help("sos"), NOW);
  await callStraight(store, office.way);
  vi.restoreAllMocks();
  await keepOwed(store);
  store.close();
  await Dexie.delete(store.name);
  const who = (await accounts()).find((one) => one.account === me.account);
  const back = who && (await unlock(who, "riz au gras du soir", false));
  if (!back) throw new Error("Nobody came back.");
  expect((await told(back, "sos"))?.data.state).toBe("NEEDS_HELP");
  await visit(back, 2);
  await exchangeAll(back, office.way, new Pace());
  expect([office.all.size, office.of("i").held.length]).toEqual([1, 3]);
  expect(await back.waiting()).toBe(0);
  vi.unstubAllGlobals();
});

test("a full phone that lost its signing key has its round all the same, and becomes one other", async () => {
  const [store, office] = [await phone(2), new Office()];
  await store.meta.put({ key: ANEW, value: true });
  const real = store.transaction.bind(store);
  let room = false; // to go on as another: single lines still fit
  vi.spyOn(store, "transaction").mockImplementation(((...told: unknown[]) =>
    Array.isArray(told[1]) && !room
      ? Promise.reject(new DOMException("full", "QuotaExceededError"))
      : (real as (...told: unknown[]) => unknown)(...told)) as never);
  for (let n = 0; n < 3; n += 1) await exchangeAll(store, office.way, new Pace());
  expect([office.of("i").held.length, office.all.size]).toEqual([2, 2]);
  expect((await store.chain())?.inst).toBe("i");
  room = true;
  await exchangeAll(store, office.way, new Pace());
  expect([(await store.chain())?.inst, office.all.size]).toEqual(["j1", 2]);
  expect(await store.meta.get(ANEW)).toBeUndefined();
});
