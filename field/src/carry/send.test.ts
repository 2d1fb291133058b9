import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { Pace } from "../outbox/pace";
import type { Store } from "../outbox/store";
import { NOW, phone, visit } from "../outbox/testing";
import { keepBlob } from "./blobs";
import { Piece, sendFiles } from "./send";
import { waitFor } from "./sending";

/** A phone on which so many photographs wait, the first before the second. */
async function waiting(many: number): Promise<{ store: Store; names: string[] }> {
  const store = await phone(0);
  const names: string[] = [];
  for (let n = 0; n < many; n += 1) {
    const sha = await keepBlob(store, new Uint8Array([1, 2, n]), new Date(NOW.getTime() + n));
    await store.blobs.update(sha, { state: "queued", recs: ["r"] });
    names.push(sha);
  }
  return { store, names };
}

/** A server that fails on these. */
const failing = (bad: readonly string[], status = 500) => ({
  begin: async (sha: string, size: number) =>
    bad.includes(sha) ? { status, where: "" } : { status: 201, where: `/${sha}`, held: size },
  piece: async () => ({ status: 204, where: "", held: 3 }),
});
const there = (store: Store): Promise<number> =>
  store.blobs.where("state").equals("on_server").count();

test("photographs that the server fails on keep no other back, and no record either", async () => {
  const { store, names } = await waiting(6);
  const wire = failing(names.slice(0, 3));
  const round = (n: number) =>
    sendFiles(store, wire, new Piece(), () => new Date(NOW.getTime() + 1000 * n));
  expect(await round(0), "a round that failed on some still goes on").toEqual({
    sent: 0,
    failed: 3,
  });
  expect(await round(1)).toEqual({ sent: 3, failed: 3 });
  expect(await there(store)).toBe(3);
  for (const n of [2, 3]) expect(await round(n)).toEqual({ sent: 0, failed: 3 });
});

test("a photograph that the server answers in a way nobody knows is tried another time", async () => {
  const { store, names } = await waiting(2);
  const wire = failing(names.slice(0, 1), 423);
  expect(await sendFiles(store, wire, new Piece(), () => NOW)).toEqual({ sent: 1, failed: 1 });
});

test("on a phone whose clock was set back the others come before those that failed", async () => {
  const { store, names } = await waiting(6);
  const wire = failing(names.slice(0, 3));
  const long = () => new Date(NOW.getTime() - 86_400_000);
  await sendFiles(store, wire, new Piece(), long);
  await sendFiles(store, wire, new Piece(), long);
  expect(await there(store)).toBe(3);
});

test("what the server fails on is tried ever more seldom until one arrives, and asks for no round else", () => {
  const pace = new Pace();
  const most = (): number => {
    pace.pause = (_dice) => Pace.prototype.pause.call(pace, 0.999);
    return waitFor({ sent: 0, failed: 1 }, pace) ?? 0;
  };
  const waits = Array.from({ length: 12 }, most);
  expect(waits[3]).toBeGreaterThan((waits[0] ?? 0) * 4);
  expect(waits.at(-1)).toBeGreaterThan(600_000);
  expect(waitFor({ sent: 1, failed: 1 }, pace), "one arrived, others are tried soon").toBeLessThan(
    10_000,
  );
  expect(waitFor({ sent: 2, failed: 0 }, pace)).toBeUndefined();
  expect(waitFor({ sent: 0, failed: 0 }, pace)).toBeUndefined();
});

test("from a phone that became full the photographs go all the same, each of them", async () => {
  const { store, names } = await waiting(3);
  await visit(store, 1); // it is at the server, and no room was left to put that down
  const update = vi.spyOn(store.blobs, "update");
  update.mockRejectedValue(new DOMException("full", "QuotaExceededError") as never);
  const asked: string[] = [];
  const wire = failing(names.slice(0, 1));
  const begin = (sha: string, size: number) => {
    asked.push(sha);
    return wire.begin(sha, size);
  };
  const all = { ...wire, begin };
  expect(await sendFiles(store, all, new Piece(), () => NOW), "records go first").toEqual({
    sent: 0,
    failed: 0,
  });
  await sendFiles(store, all, new Piece(), () => NOW, true);
  expect(asked).toEqual(names);
});
