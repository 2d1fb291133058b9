import "fake-indexeddb/auto";
import { afterEach, expect, test, vi } from "vitest";
import type { Said } from "../outbox/keep";
import type { Store } from "../outbox/store";
import { phone } from "../outbox/testing";
import { noteRead } from "../screens/ask";
import { inShort } from "../screens/parts";
import { speak } from "../words/words";
import { App } from "./app";
import { lastWasRefused } from "./unsaved";

const CALL: Said = {
  id: "sos", type: "check_in", kind: "create", month: "2026-11", data: { state: "NEEDS_HELP" },
}; // biome-ignore format: a record
const VISIT: Said = {
  id: "v", type: "visits", kind: "create", month: "2026-11", data: { count: 1 },
}; // biome-ignore format: a record

/** A phone that has no room until it is told that it has. */
async function full(): Promise<{ store: Store; room: () => void }> {
  const store = await phone(0);
  const real = store.transaction.bind(store);
  let has = false;
  vi.spyOn(store, "transaction").mockImplementation(((...told: unknown[]) =>
    told[0] === "rw" && !has
      ? Promise.reject(new DOMException("full", "QuotaExceededError"))
      : (real as (...told: unknown[]) => unknown)(...told)) as never);
  const room = (): void => {
    has = true;
  };
  return { store, room };
}

const made = (store: Store, hurry: (kept?: boolean) => void, went: Promise<boolean>): App =>
  new App(store, "en", speak("en"), hurry, undefined, () => went);
const never = new Promise<boolean>(() => undefined);

/** As the screen calls: where it is not kept it is held, and goes all the same. */
const calls = (app: App): Promise<unknown> => app.keep(CALL).catch(() => app.call(CALL));

afterEach(() => vi.unstubAllGlobals());

test("a call that is held and goes is no save that was not kept", async () => {
  const { store } = await full();
  await calls(made(store, () => undefined, Promise.resolve(true)));
  expect(lastWasRefused(store.name)).toBe(false);
});

test("a record that was refused stays told when a call for help is held after it", async () => {
  const { store } = await full();
  const app = made(store, () => undefined, Promise.resolve(true));
  await app.keep(VISIT).catch(() => undefined);
  await calls(app);
  expect(lastWasRefused(store.name)).toBe(true);
});

test("who calls on a link that hangs is told that it is held, and waits for no server", async () => {
  const { store } = await full();
  const late = new Promise((go) => setTimeout(go, 2_000, "late"));
  expect(await Promise.race([calls(made(store, () => undefined, never)), late])).not.toBe("late");
});

/** Somebody looks at an answer. */
async function reads(app: App): Promise<void> {
  vi.stubGlobal("document", { visibilityState: "visible" });
  const answers = [{ dataset: { case: "c" } }];
  await noteRead(app, { querySelectorAll: () => answers } as never);
}

test("an answer that is read on a full phone is no save of its reader's, and costs no ballast", async () => {
  const { store } = await full();
  await store.meta.put({ key: "ballast", value: 1 });
  await reads(made(store, () => undefined, never));
  expect(lastWasRefused(store.name)).toBe(false);
  expect(await store.meta.get("ballast")).toBeDefined();
});

test("a save that was refused stays told when an answer is read", async () => {
  const { store, room } = await full();
  const app = made(store, () => undefined, never);
  await app.keep(VISIT).catch(() => undefined);
  room();
  await reads(app);
  expect(await store.ops.count(), "the server is told that it was read").toBe(1);
  expect(lastWasRefused(store.name)).toBe(true);
});

test("an answer that was read is no question that was asked", async () => {
  const app = made(await phone(0), () => undefined, never);
  const told = (of: string): string => inShort(app, { type: "message", data: { of } });
  expect([told("consult"), told("reading")]).toEqual(["Asked a specialist", "Answer read"]);
});
