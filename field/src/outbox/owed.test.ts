import "fake-indexeddb/auto";
import { afterEach, expect, test, vi } from "vitest";
import { random, usable } from "../vault/seal";
import type { Said } from "./keep";
import { callsWaiting, owe, owedOf, owes } from "./owed";
import { Store } from "./store";
import { NOW } from "./testing";

const HELP: Said = {
  id: "sos", type: "check_in", kind: "create", data: { state: "NEEDS_HELP" }, month: "2026-11",
}; // biome-ignore format: a record

/** A place of the browser; one that is `full` takes nothing. */
function place(full = false): Storage {
  const held = new Map<string, string>();
  return {
    getItem: (name: string) => held.get(name) ?? null,
    removeItem: (name: string) => void held.delete(name),
    setItem: (name: string, told: string) => {
      if (full) throw new DOMException("full", "QuotaExceededError");
      held.set(name, told);
    },
  } as unknown as Storage;
}
const phoneOf = async (name: string): Promise<Store> => new Store(name, await usable(random(32)));
afterEach(() => vi.unstubAllGlobals());

test("what a tab held of an account that was taken off and begun anew is let go", async () => {
  vi.stubGlobal("sessionStorage", place());
  vi.stubGlobal("localStorage", place(true));
  await owe(await phoneOf("begun-anew"), HELP, NOW);
  expect(callsWaiting("begun-anew")).toBe(1);
  const anew = await phoneOf("begun-anew"); // taken off in another tab: this one kept its own
  expect(await owedOf(anew)).toEqual([]);
  expect([owes(anew.name), callsWaiting(anew.name)]).toEqual([false, 0]);
  await owe(anew, { ...HELP, id: "again" }, NOW);
  expect((await owedOf(anew)).map((one) => one.said.id)).toEqual(["again"]);
});

test("what a tab cannot open of what all tabs know is left: it may be of who began anew", async () => {
  vi.stubGlobal("sessionStorage", place());
  vi.stubGlobal("localStorage", place());
  const anew = await phoneOf("of-two");
  await owe(anew, HELP, NOW);
  await expect(owedOf(await phoneOf("of-two"))).rejects.toThrow();
  expect(await owedOf(anew)).toHaveLength(1);
});

test("what a locked phone holds is left", async () => {
  vi.stubGlobal("sessionStorage", place());
  vi.stubGlobal("localStorage", place(true));
  const mine = await phoneOf("locked");
  await owe(mine, HELP, NOW);
  await expect(owedOf(new Store("locked"))).rejects.toThrow();
  expect(await owedOf(mine)).toHaveLength(1);
});
