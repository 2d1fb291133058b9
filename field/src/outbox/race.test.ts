import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { callNow } from "./call";
import { keep, type Said } from "./keep";
import { keepOwed } from "./keepowed";
import { owe, owedOf } from "./owed";
import { NOW, phone, push, Strict, texts } from "./testing";

const now = (): Date => NOW;
const help: Said = {
  id: "sos", type: "check_in", kind: "create", data: { state: "NEEDS_HELP" }, month: "2026-11",
}; // biome-ignore format: a record
const visits: Said = {
  id: "v", type: "visits", kind: "create", data: { count: 1 }, month: "2026-11",
}; // biome-ignore format: a record

test("a record that was being kept while a call went straight comes after it, and parts no chain", async () => {
  const [store, server] = [await phone(1), new Strict()];
  await push(store, server.send, now);
  await keepOwed(store); // a save began: nothing is owed
  await owe(store, help, NOW); // a call for which there was no room meanwhile
  await callNow(store, server.send, now);
  await keep(store, visits, NOW); // and the save goes on
  await push(store, server.send, now);
  expect(server.held, "the phone goes on as it was").toEqual(await texts(store));
  expect(server.held.map((line) => JSON.parse(line).r).slice(1)).toEqual(["sos", "v"]);
  expect(await owedOf(store)).toEqual([]);
});

test("a record that was being kept while a call was on its way comes after it too", async () => {
  const [store, server] = [await phone(1), new Strict()];
  await push(store, server.send, now);
  await keepOwed(store);
  await owe(store, help, NOW);
  let saved: unknown;
  await callNow(
    store,
    async (text) => {
      if (text.includes("sos")) saved ??= await keep(store, visits, NOW);
      return server.send(text);
    },
    now,
  );
  expect(saved).toBeDefined();
  await push(store, server.send, now);
  expect(server.held).toEqual(await texts(store));
  expect(server.held.map((line) => JSON.parse(line).r).slice(1)).toEqual(["sos", "v"]);
});

test("a record whose keeping began before a call was held, and ended while it was sent, goes before it", async () => {
  const [store, server] = [await phone(1), new Strict()];
  await push(store, server.send, now);
  const real = store.transaction.bind(store);
  let go = (): void => undefined;
  const slow = new Promise<void>((done) => {
    go = done;
  });
  vi.spyOn(store, "transaction").mockImplementationOnce(((...told: unknown[]) =>
    slow.then(() => (real as (...told: unknown[]) => unknown)(...told))) as never);
  const saving = keep(store, visits, NOW);
  await new Promise((done) => setTimeout(done, 50));
  await owe(store, help, NOW);
  const send = async (text: string) => {
    go();
    await saving;
    return server.send(text);
  };
  expect(await callNow(store, send, now)).toBe(true);
  await keepOwed(store);
  await push(store, server.send, now);
  expect(server.held).toEqual(await texts(store));
  expect(server.held.map((line) => JSON.parse(line).r).slice(1)).toEqual(["v", "sos"]);
});
