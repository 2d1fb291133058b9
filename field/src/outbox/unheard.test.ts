import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { callUnheard, MOMENT, wordOf } from "../screens/calls";
import { App, type Shown } from "../shell/app";
import { issueAgain, keep, type Said, told } from "./keep";
import type { Store } from "./store";
import { NOW, phone, push, Server, texts, visit } from "./testing";
import { isUnheard, wordsLocked } from "./unheard";

const said = (id: string, state: string): Said => ({
  id,
  type: "check_in",
  kind: "create",
  data: { mission: "m", state, note: "" },
  month: "2026-11",
});
const last = async (store: Store, id: string): Promise<Shown> =>
  ({ ...(await told(store, id)), state: "queued" }) as Shown;

test("nobody has a call for help as long as no server holds it", async () => {
  const [store, server] = [await phone(1), new Server()];
  await keep(store, said("call", "NEEDS_HELP"), NOW);
  expect(await callUnheard({ store }, await last(store, "call"))).toMatchObject({ id: "call" });
  await visit(store, 2);
  await push(store, server.send, () => NOW);
  expect(await callUnheard({ store }, await last(store, "call"))).toBeUndefined();
});

test("a call that is issued again by another installation waits as before", async () => {
  const store = await phone(0);
  await keep(store, said("call", "NEEDS_HELP"), NOW);
  await issueAgain(store, { inst: "other", token: "t", name: "n", account: "a" });
  expect(await isUnheard(store, "call")).toBe(true);
});

test("a word that one is safe is no call, and ends the one before it", async () => {
  const store = await phone(0);
  await keep(store, said("call", "NEEDS_HELP"), NOW);
  await keep(store, said("word", "SAFE"), NOW);
  expect(await callUnheard({ store }, await last(store, "word"))).toBeUndefined();
  expect(await callUnheard({ store }, undefined)).toBeUndefined();
});

test("without a network it is said at once that nobody has it, else when it did not go in a moment", () => {
  const online = { online: true, full: false };
  expect(wordOf({ online: false, full: false }, 0)).toBe("callNotYet");
  expect(wordOf(online, 0)).toBe("callGoes");
  expect(wordOf(online, MOMENT)).toBe("callNotYet");
  expect(wordOf(online, -60_000)).toBe("callNotYet"); // the clock was set back
  expect(wordOf({ online: true, full: true }, MOMENT)).toBe("callUnsure");
  expect(wordOf({ online: false, full: true }, 0)).toBe("callNotYet"); // nothing was sent
});

test("a phone that keeps a record has room again: a call kept since was not sent yet", async () => {
  const app = new App(
    await phone(0),
    "en",
    (word) => word,
    () => undefined,
  );
  app.full = true;
  await app.keep(said("call", "NEEDS_HELP"));
  expect(app.full).toBe(false);
});

test("a lock tells that a word waits behind it, and no more once it went", async () => {
  const [store, server] = [await phone(1), new Server()];
  expect(await wordsLocked(store)).toBe(0);
  await keep(store, said("call", "NEEDS_HELP"), NOW);
  expect(await wordsLocked(store)).toBe(1);
  await push(store, server.send, () => NOW);
  expect(await wordsLocked(store)).toBe(0);
});

test("each press of “I need help” is a call of its own, though nobody has the one before", async () => {
  const [store, server] = [await phone(0), new Server()];
  const hurry = vi.fn();
  const app = new App(store, "en", (word) => word, hurry);
  for (const id of ["call", "again"]) {
    expect(await app.calledAlready(said(id, "NEEDS_HELP"))).toBe(false);
    await app.keep(said(id, "NEEDS_HELP"));
    expect(await callUnheard({ store }, await last(store, id))).toMatchObject({ id });
  }
  expect(hurry).toHaveBeenCalledTimes(2);
  const lines = (await texts(store)).map((line) => JSON.parse(line));
  expect(lines.map(({ k, r }) => [k, r])).toEqual([["create", "call"], ["create", "again"]]); // biome-ignore format: as read
  await push(store, server.send, () => NOW);
  expect(await callUnheard({ store }, await last(store, "again"))).toBeUndefined();
});

test("a call pressed again when the server has the first, and its answer was lost, goes by itself", async () => {
  const [store, server] = [await phone(0), new Server()];
  await keep(store, said("call", "NEEDS_HELP"), NOW);
  const lost = async (text: string): Promise<never> => {
    await server.send(text);
    throw new TypeError("no answer");
  };
  await push(store, lost, () => NOW).catch(() => undefined);
  const app = new App(
    store,
    "en",
    (word) => word,
    () => undefined,
  );
  expect(await app.calledAlready(said("again", "NEEDS_HELP"))).toBe(false);
  await app.keep(said("again", "NEEDS_HELP"));
  await push(store, server.send, () => NOW);
  const calls = server.held.map((line) => JSON.parse(line));
  expect(calls.map(({ k, r }) => [k, r])).toEqual([["create", "call"], ["create", "again"]]); // biome-ignore format: as read
});
