import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { keep } from "../outbox/keep";
import { Store } from "../outbox/store";
import { random, usable } from "../vault/seal";
import { changesOf, differing, linesOf, whereIs } from "./history";

const NOW = new Date("2026-11-24T10:00:00Z");

test("a record is where its worst line is, and what is only here comes before all else", () => {
  expect(whereIs(["on_server", "on_server"])).toBe("on_server");
  expect(whereIs(["conflict", "on_server"])).toBe("conflict");
  expect(whereIs(["quarantined", "conflict"])).toBe("conflict");
  expect(whereIs(["conflict", "queued"])).toBe("queued");
});

test("a correction holds what changed and what was seen of it, and what was taken out is empty", () => {
  expect(differing({ age: "U1", count: 1, item: "i" }, { age: "1_4", count: 1 })).toEqual({
    data: { age: "1_4", item: "" },
    before: { age: "U1", item: "i" },
  });
  expect(differing({ attendees: ["A"] }, { attendees: ["A"] }).data).toEqual({});
});

test("a photograph of a record is a line of its own kind in its history", async () => {
  const store = new Store("history-file", await usable(random(32)));
  await store.keepEnrolment({ inst: "i", token: "t", name: "n", account: "a" });
  await store.blobs.put({ sha: "ab", size: 1, state: "chosen", recs: [], at: 0 });
  const said = { id: "r", type: "record" as const, month: "2026-11", kind: "create" as const };
  await keep(store, { ...said, data: { kind: "RESCUE" } }, NOW, ["ab"]);
  expect((await linesOf(store, "r")).map((line) => line.type)).toEqual(["record", "file"]);
});

test("what was corrected tells its history, value by value, and a month cell by cell", async () => {
  const store = new Store("history", await usable(random(32)));
  await store.keepEnrolment({ inst: "i", token: "t", name: "n", account: "a" });
  const bare = { id: "r", type: "record" as const, month: "2026-11" };
  await keep(store, { ...bare, kind: "create", data: { kind: "RESCUE", age: "U1" } }, NOW);
  const set = { ...bare, kind: "set" as const, data: { age: "1_4" }, before: { age: "U1" } };
  await keep(store, set, NOW);
  await keep(store, { ...bare, kind: "void", data: { reason: "twice" } }, NOW);
  const lines = await linesOf(store, "r");
  expect(lines.map((line) => line.kind)).toEqual(["create", "set", "void"]);
  expect(lines.map((line) => changesOf(line).at(-1))).toEqual([
    { name: "age", from: undefined, to: "U1" },
    { name: "age", from: "U1", to: "1_4" },
    undefined,
  ]);
  const cells = { RESCUE: 3 };
  const month = { id: "m", type: "count" as const, month: "2026-11", kind: "set" as const };
  await keep(store, { ...month, data: { month: "2026-11", cells }, before: { RESCUE: 2 } }, NOW);
  const [line] = await linesOf(store, "m");
  expect(line && changesOf(line)).toEqual([{ name: "RESCUE", from: 2, to: 3 }]);
});
