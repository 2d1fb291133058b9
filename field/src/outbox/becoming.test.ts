/** A phone that is full, and that the server knows no more: who it will be has no room yet. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { callWords } from "../screens/calls";
import { App } from "../shell/app";
import type { Said } from "./keep";
import { keepOwed } from "./keepowed";
import { callsWaiting, letGo, owedOf } from "./owed";
import { Pace } from "./pace";
import { type Send, Unknown } from "./push";
import { callStraight, exchangeAll } from "./round";
import type { Store } from "./store";
import { ME, NOW, phone, Strict } from "./testing";

const MINUTE = 60_000; // ms
type State = "SAFE" | "NEEDS_HELP";
const said = (id: string, state: State = "NEEDS_HELP"): Said => ({
  id,
  type: "check_in",
  kind: "create",
  data: { mission: "m", state, note: "" },
  month: "2026-11",
});

let store: Store;
let server: Strict; // it knows this phone by its next name alone
let room: "none" | "a line" | "all";
let link: boolean;
let passed: number;

const now = (): Date => new Date();
const send: Send = async (body) => {
  if (!link) throw new TypeError("Failed to fetch");
  const { inst } = JSON.parse(body.split("\n")[0] ?? "") as { inst: string };
  if (inst !== "j") throw new Unknown("");
  return server.send(body);
};
const way = { send, enrol: async () => ({ ...ME, inst: "j", token: "tj" }), now };

beforeEach(async () => {
  [store, server, room, link, passed] = [await phone(3), new Strict(), "none", true, 0];
  const real = store.transaction.bind(store) as (...told: unknown[]) => unknown;
  const again = (tables: unknown): boolean => Array.isArray(tables) && tables.length === 5;
  vi.spyOn(store, "transaction").mockImplementation(((...told: unknown[]) =>
    room === "none" || (room === "a line" && again(told[1]))
      ? Promise.reject(new DOMException("full", "QuotaExceededError"))
      : real(...told)) as never);
  later(0);
});
afterEach(() => {
  letGo(store.name);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function later(ms: number): void {
  passed += ms;
  vi.useFakeTimers({ now: NOW.getTime() + passed, toFake: ["Date"] });
}

/** What main does in a round, so many times. */
async function rounds(times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    later(MINUTE);
    await keepOwed(store).catch(() => undefined);
    if (link) await callStraight(store, way);
    await exchangeAll(store, way, new Pace()).catch(() => undefined);
  }
}

/** What the screen does when it is pressed. */
async function press(one: Said): Promise<void> {
  const silent = (): void => undefined;
  const app = new App(
    store,
    "en",
    (word) => word,
    silent,
    silent,
    () => callStraight(store, way),
  );
  if (await app.calledAlready(one)) return;
  await app.keep(one).catch(async () => (await app.call(one)).tried);
}

const words = async () => callWords(await owedOf(store));
const calls = (): string[] =>
  server.held.map((line) => JSON.parse(line)).flatMap(({ r, t }) => (t === "check_in" ? [r] : []));

test("who calls again when there is room for a line is heard at once, and not told of the call before", async () => {
  await press(said("one"));
  expect([await words(), calls()]).toEqual([["callArrived"], ["one"]]);
  room = "a line";
  later(MINUTE);
  await press(said("two"));
  await press(said("tap")); // a second tap is the same call
  expect(calls(), "before there is room to be another").toEqual(["one", "two"]);
  expect([await words(), callsWaiting(store.name)]).toEqual([["callArrived"], 0]);
  await rounds(4);
  room = "all";
  await rounds(2);
  expect(calls(), "and each once").toEqual(["one", "two"]);
  expect([await owedOf(store), await store.waiting(), server.held.length]).toEqual([[], 0, 5]);
});

test("who calls again without a network reads that nobody has that call, however much room there is", async () => {
  await press(said("one"));
  [room, link] = ["all", false];
  later(MINUTE);
  await press(said("two"));
  await rounds(3);
  expect([await words(), callsWaiting(store.name)]).toEqual([["callWaits"], 1]);
  link = true;
  await rounds(2);
  expect(calls(), "and each once").toEqual(["one", "two"]);
  expect([await owedOf(store), await store.waiting(), server.held.length]).toEqual([[], 0, 5]);
});

test("a call that waits for a network is not kept where it would wait for room too", async () => {
  await press(said("one"));
  link = false;
  later(MINUTE);
  await press(said("two"));
  room = "a line";
  await rounds(2);
  expect([await words(), callsWaiting(store.name)]).toEqual([["callWaits"], 1]);
  link = true;
  await rounds(1);
  expect([await words(), calls()]).toEqual([["callArrived"], ["one", "two"]]);
});

test("who said that they are safe, which arrived, and then calls, does not read that they are safe alone", async () => {
  await press(said("fine", "SAFE"));
  [room, link] = ["a line", false];
  later(MINUTE);
  await press(said("sos"));
  await rounds(2);
  expect(await words()).toEqual(["callWaits", "safeArrived"]);
  link = true;
  await rounds(1);
  expect([await words(), calls()]).toEqual([["callArrived"], ["fine", "sos"]]);
});

test("where nobody called before, a call goes at once though only a line has room", async () => {
  await rounds(2);
  room = "a line";
  await press(said("sos"));
  expect([await words(), calls()]).toEqual([["callArrived"], ["sos"]]);
  room = "all";
  await rounds(2);
  expect([calls(), await owedOf(store), await store.waiting()]).toEqual([["sos"], [], 0]);
});
