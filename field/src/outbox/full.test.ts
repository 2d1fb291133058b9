import "fake-indexeddb/auto";
import { afterEach, expect, test, vi } from "vitest";
import { Pace } from "./pace";
import { exchange } from "./push";
import type { Store } from "./store";
import { NOW, phone, Server, visit } from "./testing";

const now = (): Date => NOW;

/** No line fits any more. */
function fill(store: Store): void {
  vi.spyOn(store, "transaction").mockRejectedValue(new DOMException("full", "QuotaExceededError"));
}
afterEach(() => vi.restoreAllMocks());

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
