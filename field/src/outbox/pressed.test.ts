import "fake-indexeddb/auto";
import { afterEach, expect, test, vi } from "vitest";
import { callWords } from "../screens/calls";
import { App } from "../shell/app";
import { callNow } from "./call";
import { type Said, told } from "./keep";
import { keepOwed } from "./keepowed";
import { callsWaiting, letGo, owedOf } from "./owed";
import type { Store } from "./store";
import { linesOf, NOW, phone, push, Server, texts } from "./testing";

const said = (id: string, state = "NEEDS_HELP", note = ""): Said => ({
  id,
  type: "check_in",
  kind: "create",
  data: { mission: "m", state, note },
  month: "2026-11",
});
const records = (server: Server): string[] => server.held.map((line) => JSON.parse(line).r);
const SECONDS = 1000;
const FEW = 4 * SECONDS;
const MINUTE = 60 * SECONDS;

const full: Store[] = [];
let kept: { readonly mockRestore: () => void } | undefined;
afterEach(() => {
  for (const store of full.splice(0)) letGo(store.name);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A phone on which no line fits any more, with no network until something is sent. */
async function fullPhone(visits = 0): Promise<App> {
  const store = await phone(visits);
  full.push(store);
  kept = vi
    .spyOn(store, "transaction")
    .mockRejectedValue(new DOMException("full", "QuotaExceededError"));
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  return new App(
    store,
    "en",
    (word) => word,
    () => undefined,
  );
}

const at = (ms: number): void => {
  vi.useFakeTimers({ now: NOW.getTime() + ms, toFake: ["Date"] });
};

/** What the screen does when it is pressed, so many ms after the first; whether it is a call. */
async function press(app: App, one: Said, ms: number): Promise<boolean> {
  at(ms);
  if (await app.calledAlready(one)) return false;
  await (await app.call(one)).tried;
  return true;
}

const goes = ({ store }: App, send: Server["send"]): Promise<boolean> =>
  callNow(store, send, () => new Date());

/** A server that takes the call, and whose answer is lost. */
const unanswered =
  (server: Server, id: string) =>
  async (body: string): ReturnType<Server["send"]> => {
    const answer = await server.send(body);
    if (linesOf(body).some((line) => line.r === id)) throw new Error("The link broke.");
    return answer;
  };

test("who pressed and whose call arrived presses again a minute later: that is a call too", async () => {
  const [app, server] = [await fullPhone(1), new Server()];
  expect(await press(app, said("one"), 0)).toBe(true);
  await goes(app, server.send);
  // meanwhile the office telephoned, and ended it
  expect(await press(app, said("two"), MINUTE)).toBe(true);
  expect(callWords(await owedOf(app.store)), "nobody has this one").toEqual(["callWaits"]);
  await goes(app, server.send);
  expect(callWords(await owedOf(app.store))).toEqual(["callArrived"]);
  expect(records(server).slice(1)).toEqual(["one", "two"]);
});

test("who never read that the call arrived presses again: the server has two, and each once", async () => {
  const [app, server] = [await fullPhone(1), new Server()];
  await press(app, said("one"), 0);
  await goes(app, unanswered(server, "one")).catch(() => undefined);
  expect(await press(app, said("two"), 180 * MINUTE)).toBe(true);
  await goes(app, unanswered(server, "two")).catch(() => undefined);
  await goes(app, server.send);
  expect(records(server).slice(1)).toEqual(["one", "two"]);
  expect(callsWaiting(app.store.name)).toBe(0);
  kept?.mockRestore();
  await keepOwed(app.store);
  await push(app.store, server.send, () => new Date());
  expect(server.held, "each once, also when there is room").toEqual(await texts(app.store));
  expect((await told(app.store, "two"))?.data.state).toBe("NEEDS_HELP");
});

test("calls that no server has are as many as were pressed, and go in their order", async () => {
  const [app, server] = [await fullPhone(), new Server()];
  for (const [n, id] of ["one", "two", "three"].entries())
    expect(await press(app, said(id), n * MINUTE)).toBe(true);
  expect(callsWaiting(app.store.name)).toBe(3);
  await goes(app, server.send);
  expect(records(server)).toEqual(["one", "two", "three"]);
});

test("a second tap is the same call, whether the first arrived or not", async () => {
  const [app, server] = [await fullPhone(), new Server()];
  await press(app, said("one"), 0);
  expect(await press(app, said("tap"), FEW)).toBe(false);
  await goes(app, server.send);
  expect(await press(app, said("tap"), 2 * FEW)).toBe(false);
  expect(records(server)).toEqual(["one"]);
});

test("another word, or one more of it, is no second tap", async () => {
  const app = await fullPhone();
  await press(app, said("one"), 0);
  expect(await press(app, said("where", "NEEDS_HELP", "at the guest house"), FEW)).toBe(true);
  expect(await press(app, said("fine", "SAFE"), FEW)).toBe(true);
  expect(await press(app, said("worse"), FEW)).toBe(true);
  expect(callsWaiting(app.store.name)).toBe(4);
});

test("where the clock was set back since the first, who presses calls", async () => {
  const app = await fullPhone();
  await press(app, said("one"), 0);
  expect(await press(app, said("two"), -MINUTE)).toBe(true);
});
