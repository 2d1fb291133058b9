import "fake-indexeddb/auto";
import { afterEach, expect, test, vi } from "vitest";
import { callWords, lastSaid } from "../screens/calls";
import { callNow } from "./call";
import type { Said } from "./keep";
import { keep, told } from "./keep";
import { keepOwed } from "./keepowed";
import { callsWaiting, letGo, owe, owedOf } from "./owed";
import type { Store } from "./store";
import { linesOf, NOW, phone, push, Server, texts, visit } from "./testing";

const now = (): Date => NOW;
const help = (id: string): Said => ({
  id,
  type: "check_in",
  kind: "create",
  data: { mission: "m", state: "NEEDS_HELP", note: "" },
  month: "2026-11",
});
const safe = (id: string): Said => ({ ...help(id), data: { ...help(id).data, state: "SAFE" } });
const none = async (): Promise<never> => {
  throw new TypeError("Failed to fetch");
};
const words = async (store: Store): Promise<readonly string[]> => callWords(await owedOf(store));
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
  vi.unstubAllGlobals();
});

test("a call for help goes out although the phone keeps nothing, after what waited before it", async () => {
  const [store, server] = [await phone(3), new Server()];
  fill(store);
  await owe(store, help("sos"), NOW);
  expect(callsWaiting(store.name)).toBe(1);
  expect(await callNow(store, server.send, now)).toBe(true);
  expect(records(server)).toHaveLength(4);
  expect(records(server).at(-1)).toBe("sos");
  expect(callsWaiting(store.name)).toBe(0);
  await expect(keepOwed(store), "it is still full").rejects.toThrow();
  expect(await owedOf(store), "and still known").toHaveLength(1);
});

test("it is kept when there is room again, and the phone goes on as the one that it was", async () => {
  const [store, server] = [await phone(2), new Server()];
  fill(store);
  await owe(store, help("sos"), NOW);
  await callNow(store, server.send, now);
  vi.restoreAllMocks();
  await keepOwed(store);
  expect(await owedOf(store)).toEqual([]);
  expect((await told(store, "sos"))?.data.state).toBe("NEEDS_HELP");
  await visit(store, 9);
  await push(store, server.send, now);
  expect(server.held, "each once, under the phone's own numbers").toEqual(await texts(store));
  expect(await store.waiting()).toBe(0);
});

test("where only the answer is lost, the call is not sent twice", async () => {
  const [store, server] = [await phone(1), new Server()];
  fill(store);
  await owe(store, help("sos"), NOW);
  const deaf = async (body: string) => {
    const answer = await server.send(body);
    if (linesOf(body).some((line) => line.r === "sos")) throw new Error("The link broke.");
    return answer;
  };
  await expect(callNow(store, deaf, now)).rejects.toThrow();
  expect(callsWaiting(store.name)).toBe(1);
  await callNow(store, server.send, now);
  expect(records(server).filter((id) => id === "sos")).toHaveLength(1);
  expect(callsWaiting(store.name)).toBe(0);
});

test("a call that no network took waits like every line once there is room, with its own id", async () => {
  const [store, server] = [await phone(1), new Server()];
  fill(store);
  await owe(store, help("sos"), NOW);
  await expect(callNow(store, none, now)).rejects.toThrow();
  vi.restoreAllMocks();
  await keepOwed(store);
  expect([await store.waiting(), callsWaiting(store.name)]).toEqual([2, 0]);
  await push(store, server.send, now);
  expect(records(server).at(-1)).toBe("sos");
  expect(server.held).toHaveLength(2);
});

test("what was kept before and after a call that went straight goes in runs without a gap", async () => {
  const [store, server] = [await phone(2), new Server()];
  fill(store);
  await owe(store, help("sos"), NOW);
  await callNow(store, server.send, now);
  vi.restoreAllMocks();
  await keepOwed(store);
  await visit(store, 9);
  const sent: string[][] = [];
  const watched = (body: string) => {
    sent.push(linesOf(body).map((line) => line.r));
    return server.send(body);
  };
  const lines = (await store.ops.orderBy("q").toArray()).map((op) => [op.q, op.state]);
  expect(lines.map(([, state]) => state)).toEqual(["queued", "queued", "on_server", "queued"]);
  await push(store, watched, now);
  for (const run of sent) expect(run.length, "none is sent over a gap").toBeLessThan(3);
  expect(server.held).toEqual(await texts(store));
  expect(await store.waiting()).toBe(0);
});

test("who called for help and says on a full phone that they are safe: both go, in that order", async () => {
  const [store, server] = [await phone(1), new Server()];
  fill(store);
  await owe(store, help("sos"), NOW);
  expect(await words(store)).toEqual(["callWaits"]);
  await owe(store, safe("fine"), NOW);
  await expect(callNow(store, none, now)).rejects.toThrow();
  expect(await words(store), "no word of safe is told as a call for help").toEqual(["safeWaits"]);
  expect(callsWaiting(store.name)).toBe(2);
  expect(await callNow(store, server.send, now)).toBe(true);
  expect(records(server).slice(1), "the later word stands").toEqual(["sos", "fine"]);
  expect([await words(store), callsWaiting(store.name)]).toEqual([["safeArrived"], 0]);
  vi.restoreAllMocks();
  await keepOwed(store);
  expect((await told(store, "fine"))?.data.state).toBe("SAFE");
  await push(store, server.send, now);
  expect(server.held, "each once").toEqual(await texts(store));
});

test("while nobody has the last word, what the office has is told beside it", async () => {
  const [store, server] = [await phone(0), new Server()];
  fill(store);
  await owe(store, help("sos"), NOW);
  await callNow(store, server.send, now);
  expect(await words(store)).toEqual(["callArrived"]);
  await owe(store, safe("fine"), NOW);
  expect(await words(store)).toEqual(["safeWaits", "callArrived"]);
  await callNow(store, server.send, now);
  await owe(store, help("again"), NOW);
  expect(await words(store)).toEqual(["callWaits", "safeArrived"]);
});

test("the first screen goes by the last word, also by one that the phone has no room for", async () => {
  const [store, server] = [await phone(0), new Server()];
  const kept = { ...help("sos"), at: NOW.toISOString(), state: "on_server" } as const;
  expect(await lastSaid({ store }, kept)).toBe(kept);
  fill(store);
  await owe(store, safe("fine"), NOW);
  await callNow(store, server.send, now);
  expect((await lastSaid({ store }, kept))?.data.state).toBe("SAFE");
  expect((await lastSaid({ store }, kept))?.came).toBe(NOW.getTime());
});

/** A browser's small place; `full`, it takes nothing. */
function place(isFull: boolean) {
  const held = new Map<string, string>();
  return {
    getItem: (name: string) => held.get(name) ?? null,
    removeItem: (name: string) => held.delete(name),
    setItem: (name: string, text: string) => {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      held.set(name, text);
    },
  };
}

test("a phone that keeps nothing anywhere still knows of its call when the page is loaded anew", async () => {
  vi.stubGlobal("localStorage", place(true));
  vi.stubGlobal("sessionStorage", place(false));
  const [store, server] = [await phone(1), new Server()];
  fill(store);
  await owe(store, help("sos"), NOW);
  await callNow(store, server.send, now);
  vi.resetModules(); // the page is loaded anew
  const [anew, slot] = [await import("./keepowed"), await import("./owed")];
  expect(await slot.owedOf(store)).toHaveLength(1);
  vi.restoreAllMocks();
  await anew.keepOwed(store);
  await visit(store, 9);
  await push(store, server.send, now);
  expect(server.held, "it goes on as the phone that it was").toEqual(await texts(store));
  expect(records(server).filter((id) => id === "sos")).toHaveLength(1);
});

test("a second call that is pressed while the first is noted as sent is not lost", async () => {
  const lost: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const [store, server] = [await phone(1), new Server()];
    fill(store);
    await owe(store, help("one"), NOW);
    let second: Promise<void> | undefined;
    const press = async (): Promise<void> => {
      for (let turn = 0; turn < n; turn += 1) await Promise.resolve();
      await owe(store, help("two"), NOW);
    };
    const send = async (body: string) => {
      const answer = await server.send(body);
      if (linesOf(body).some((line) => line.r === "one")) second ??= press();
      return answer;
    };
    await callNow(store, send, now);
    await second;
    const owed = await owedOf(store);
    if (!owed.some((one) => one.said.id === "two")) lost.push(n);
    expect(owed[0]?.sent?.state, "nor is it forgotten that the first went").toBe("on_server");
    vi.restoreAllMocks();
    letGo(store.name);
  }
  expect(lost).toEqual([]);
});

test("a call that another tab sent and kept is not told as one that nobody has, nor made again", async () => {
  vi.stubGlobal("localStorage", place(false));
  const [store, server] = [await phone(1), new Server()];
  fill(store);
  await owe(store, help("sos"), NOW);
  expect(callsWaiting(store.name)).toBe(1);
  vi.resetModules(); // another tab: what lies beside the database is common
  const [other, memory] = [await import("./call"), await import("./keepowed")];
  await other.callNow(store, server.send, now);
  vi.restoreAllMocks();
  await memory.keepOwed(store);
  await keep(store, safe("fine"), NOW); // said in the other tab
  expect(await words(store), "this tab tells of no call").toEqual([]);
  await keepOwed(store);
  const said = await store.recs.where("type").equals("check_in").sortBy("q");
  expect(said.at(-1)?.id, "the last word is that they are safe").toBe("fine");
  await push(store, server.send, now);
  expect(records(server).slice(1)).toEqual(["sos", "fine"]);
});

test("what this tab alone could hold does not write over what another tab holds for all", async () => {
  const [small, own] = [place(true), place(false)];
  vi.stubGlobal("localStorage", small);
  vi.stubGlobal("sessionStorage", own);
  const store = await phone(0);
  fill(store);
  await owe(store, help("here"), NOW);
  vi.stubGlobal("localStorage", place(false)); // there is a word's room again
  vi.stubGlobal("sessionStorage", place(false));
  vi.resetModules();
  const later = new Date(NOW.getTime() + 1_000);
  await (await import("./owed")).owe(store, help("there"), later);
  vi.stubGlobal("sessionStorage", own);
  await owe(store, safe("fine"), new Date(NOW.getTime() + 2_000));
  const ids = (await owedOf(store)).map((one) => one.said.id);
  expect(ids, "all, in the order in which they were said").toEqual(["here", "there", "fine"]);
  expect([callsWaiting(store.name), own.getItem(`marrow-call:${store.name}`)]).toEqual([3, null]);
});

test("a call that a restored server lost goes again, also from a phone that is still full", async () => {
  const [store, server] = [await phone(2), new Server()];
  fill(store);
  await owe(store, help("one"), NOW);
  await callNow(store, server.send, now);
  expect(await callNow(store, server.send, now), "nothing is sent twice").toBe(false);
  server.setBack(2);
  expect(await callNow(store, server.send, now)).toBe(true);
  server.setBack(1);
  await expect(callNow(store, none, now)).rejects.toThrow();
  expect(await words(store), "as far as anybody told").toEqual(["callArrived"]);
  await callNow(store, server.send, now);
  expect(records(server), "with the line before it").toHaveLength(3);
  expect(records(server).at(-1)).toBe("one");
});

test("while a call that a server lost has not gone again, it is not told as arrived", async () => {
  const [store, server] = [await phone(1), new Server()];
  fill(store);
  await owe(store, help("one"), NOW);
  await callNow(store, server.send, now);
  server.setBack(1);
  const broken = (body: string) => (linesOf(body).length ? none() : server.send(body));
  await expect(callNow(store, broken, now)).rejects.toThrow();
  expect([await words(store), callsWaiting(store.name)]).toEqual([["callWaits"], 1]);
});

test("a second call after a server was set back to before the first: both go, under numbers of their own", async () => {
  const [store, server] = [await phone(2), new Server()];
  fill(store);
  await owe(store, help("one"), NOW);
  await callNow(store, server.send, now);
  server.setBack(2);
  await owe(store, safe("two"), NOW);
  await callNow(store, server.send, now);
  expect(records(server).slice(2)).toEqual(["one", "two"]);
  vi.restoreAllMocks();
  await keepOwed(store);
  await visit(store, 9);
  await push(store, server.send, now);
  expect(server.held, "each once, and the phone goes on").toEqual(await texts(store));
});

test("while a call is on its way there is room: what is saved then waits for no answer, and each goes once", async () => {
  const [store, server] = [await phone(1), new Server()];
  fill(store);
  await owe(store, help("one"), NOW);
  await owe(store, safe("two"), NOW);
  let saved: Promise<unknown> | undefined;
  const slow = async (body: string) => {
    const goes = linesOf(body).some((line) => line.r === "one");
    if (goes) vi.restoreAllMocks(); // somebody deleted a film
    if (goes) saved = keepOwed(store).then(() => visit(store, 9));
    if (goes) await saved; // the network takes its time
    return server.send(body);
  };
  await navigator.locks.request("marrow-push", () => callNow(store, slow, now));
  expect([saved !== undefined, await owedOf(store)]).toEqual([true, []]);
  expect(records(server).slice(1), "what lies in the memory waits like every line").toEqual([
    "one",
  ]);
  await push(store, server.send, now);
  expect(server.held).toEqual(await texts(store));
  expect(records(server).slice(1, 3)).toEqual(["one", "two"]);
});

test("a page that was closed when a call was kept, and not forgotten yet, keeps it once", async () => {
  const [store, server] = [await phone(0), new Server()];
  await owe(store, help("sos"), NOW);
  full = store;
  await keep(store, help("sos"), NOW);
  await keep(store, safe("fine"), NOW);
  expect(await callNow(store, server.send, now), "nor does it go beside its line").toBe(false);
  await owe(store, help("sos"), NOW); // the same, where no network was asked before
  await keepOwed(store);
  await push(store, server.send, now);
  expect(records(server)).toEqual(["sos", "fine"]);
});
