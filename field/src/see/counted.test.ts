import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { decide } from "../outbox/decided";
import { keep, told } from "../outbox/keep";
import { NOW, phone, push, visit } from "../outbox/testing";
import type { Shown } from "../shell/app";
import { countedOf } from "./counted";
import { linesOf, whereIs } from "./history";

type Store = Awaited<ReturnType<typeof phone>>;

async function shown(store: Store): Promise<readonly Shown[]> {
  const rows = await store.recs.orderBy("q").toArray();
  return Promise.all(
    rows.map(async ({ id }) => {
      const rec = await told(store, id);
      if (!rec) throw new Error("It was kept.");
      return { ...rec, state: whereIs((await linesOf(store, id)).map((line) => line.state)) };
    }),
  );
}

async function aside(store: Store, q: number, why: string): Promise<void> {
  const ack = (await store.ops.toCollection().keys()).length;
  await push(
    store,
    async () => ({ ack, fork: false, notes: [{ q, st: "quarantined", why }] }),
    () => NOW,
  );
}

async function sums(store: Store) {
  const { works, out } = await countedOf(store, await shown(store));
  const held = works.filter((rec) => !rec.gone).map((rec) => rec.data.count);
  return { held, out };
}

test("visits that the office set aside are in no sum of the month, and are told beside it", async () => {
  const store = await phone(3);
  await aside(store, 2, "REVOKED");
  expect(await sums(store)).toEqual({ held: [1, 3], out: 1 });
  await decide(store, [{ q: 2, st: "left" }], 0);
  expect(await sums(store), "it looked, and left them out").toEqual({ held: [1, 3], out: 1 });
  const [op] = await store.ops.where("q").equals(2).toArray();
  expect(op?.why, "why not is still told").toBe("REVOKED");
});

test("what was taken after all counts again", async () => {
  const store = await phone(2);
  await aside(store, 2, "NOT-ALLOWED");
  await decide(store, [{ q: 2, st: "taken" }], 0);
  expect(await sums(store)).toEqual({ held: [1, 2], out: 0 });
});

test("of a correction or a void that was set aside counts what stands at the office", async () => {
  const store = await phone(1);
  const id = await visit(store, 9);
  const bare = { id, type: "visits", month: "2026-11" } as const;
  const set = { ...bare, kind: "set", data: { count: 7 }, before: { count: 9 } } as const;
  await keep(store, set, NOW);
  await aside(store, 3, "REFUSED");
  expect(await sums(store)).toEqual({ held: [1, 9], out: 0 });
  await keep(store, { ...bare, kind: "void", data: { reason: "twice" } }, NOW);
  expect((await sums(store)).held, "what waits counts as it was said").toEqual([1]);
  await aside(store, 4, "NOT-ALLOWED");
  expect((await sums(store)).held).toEqual([1, 9]);
});
