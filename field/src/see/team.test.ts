import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { chained } from "../outbox/chain";
import { keep } from "../outbox/keep";
import type { Line } from "../outbox/read";
import { NOW, phone, push, Server, texts } from "../outbox/testing";
import { sinceInWords } from "../screens/aside";
import { asDraft, changed, draftOf, months } from "../screens/counts";
import type { App } from "../shell/app";
import { speak } from "../words/words";
import { linesOf } from "./history";
import { monthOf, otherwise } from "./month";
import { heldOf, reachedBy } from "./team";

const OF = { mission: "m", organisation: "h", month: "2026-11" };
const cell = (r: string, kind: string, value: number, more = {}): Line => ({
  t: "cell",
  r,
  d: { ...OF, kind, value, version: 1, ...more },
});
const month = { id: "r", type: "count" as const, kind: "set" as const, month: "2026-11" };
const app = {
  say: speak("en"),
  name: (names?: Record<string, string>) => names?.en ?? "",
  reference: { words: { kinds: { DELIVERY: { en: "deliveries" } } } },
} as unknown as App;
const SCOPE = { sc: "mission:m", to: "1.a" };

test("a month begins with what the server holds, and with ours that it has not told yet", async () => {
  const store = await phone(0);
  const server = new Server();
  const write = (cells: Record<string, number>): unknown =>
    keep(store, { ...month, data: { ...OF, cells } }, NOW);
  const cells = async () => (await monthOf(store, "r", "m", "h", "2026-11")).cells;
  await write({ DELIVERY: 17 });
  server.lines = [SCOPE, cell("a", "PROTOCOL", 4), cell("b", "DELIVERY", 17)];
  await push(store, server.send, () => NOW);
  expect(await cells()).toEqual({ PROTOCOL: 4, DELIVERY: 17 });
  await write({ PROTOCOL: 5 });
  expect(await cells(), "it waits, and the next change is on top of it").toMatchObject({
    PROTOCOL: 5,
  });
  server.lines = [SCOPE, cell("a", "PROTOCOL", 6, { contested: true })];
  await push(store, server.send, () => NOW);
  expect(await monthOf(store, "r", "m", "h", "2026-11"), "as it stands there").toEqual({
    cells: { PROTOCOL: 6, DELIVERY: 17 },
    contested: ["PROTOCOL"],
    offices: [],
    told: true,
  });
  await write({ RESCUE: 2 });
  const line = (await texts(store)).at(-1) ?? "";
  server.held.push(line);
  server.hashes.push(await chained(server.hashes.at(-1) ?? "", line));
  await store.ops.where("state").equals("queued").modify({ state: "on_server" });
  expect(await cells(), "it came there by hand, and nothing was read since").toMatchObject({
    RESCUE: 2,
  });
  server.lines = [
    SCOPE,
    { t: "cell", r: "b", gone: true },
    cell("c", "PROTOCOL", 9, { version: 2 }),
  ];
  await push(store, server.send, () => NOW);
  expect(await cells(), "of the report's last version alone").toEqual({ PROTOCOL: 9 });
});

test("a number that its author took back and the office put there again is told so", async () => {
  const [store, server] = [await phone(0), new Server()];
  const write = (to: number | null, from: number | null): unknown =>
    keep(
      store,
      { ...month, data: { ...OF, cells: { DELIVERY: to } }, before: { DELIVERY: from } },
      NOW,
    );
  const told = async (...lines: Line[]): Promise<readonly string[]> => {
    server.lines = [SCOPE, ...lines];
    await push(store, server.send, () => NOW);
    const stands = await monthOf(store, "r", "m", "h", "2026-11");
    return sinceInWords(app, otherwise(await linesOf(store, "r"), stands));
  };
  await write(60, null);
  await write(null, 60);
  expect(await told({ t: "cell", r: "a", gone: true }), "it stands as the phone wrote it").toEqual(
    [],
  );
  expect(await told(cell("a", "DELIVERY", 60, { office: true }))).toEqual([
    "deliveries: unknown → 60 · put there by the office",
  ]);
  expect(await told(cell("a", "DELIVERY", 61))).toEqual([
    "deliveries: unknown → 61 · not from this phone",
  ]);
  expect(await told(cell("a", "DELIVERY", 61, { contested: true })), "told elsewhere").toEqual([]);
  await write(62, 61);
  expect(await told(cell("a", "DELIVERY", 62)), "written once more since").toEqual([]);
  expect(await told({ sc: "mission:m", left: true }), "nothing is told of it any more").toEqual([]);
});

test("no month that was over before the team was there is offered", () => {
  const now = new Date(2026, 10, 24);
  expect(months(now, "2026-03", "2026-10-12")).toEqual(["2026-11", "2026-10"]);
  expect(months(now, "2026-10", "2026-10-12")).toEqual(["2026-10", "2026-11"]);
  expect(months(now, "1999-01"), "nobody told since when").toContain("1999-01");
  expect(months(now, "", "2026-12-01")).toEqual([]);
});

test("a month's draft holds what was written in it alone, and what stood there then", () => {
  const draft = draftOf(
    { PROTOCOL: "5", DELIVERY: "17", RESCUE: "" },
    { PROTOCOL: 4, DELIVERY: 17 },
  );
  expect(draft).toEqual({ cells: { PROTOCOL: "5" }, seen: { PROTOCOL: 4 } });
  expect(asDraft(draft)).toEqual(draft);
  expect(asDraft({ PROTOCOL: "5", RESCUE: "" }), "of an older app").toEqual({
    cells: { PROTOCOL: "5" },
    seen: {},
  });
});

test("a cell that was left alone is not judged, one that holds no whole number is named", () => {
  expect(changed({ PROTOCOL: "9999999" }, {})).toEqual({
    cells: { PROTOCOL: 9_999_999 },
    wrong: [],
  });
  const wrong = changed({ PROTOCOL: "10000000", VISIT: "-1", RESCUE: "3" }, { VISIT: 2 });
  expect(wrong, "the server would set all aside").toEqual({
    cells: { RESCUE: 3 },
    wrong: ["PROTOCOL", "VISIT"],
  });
  const seen = { PROTOCOL: 4, VISIT: 2.5, DELIVERY: 12_345_678 };
  const alone = { VISIT: "2.5", DELIVERY: "12345678" };
  expect(changed({ ...alone, PROTOCOL: "5" }, seen)).toEqual({ cells: { PROTOCOL: 5 }, wrong: [] });
  expect(changed({ ...alone, VISIT: "3" }, seen)).toEqual({ cells: { VISIT: 3 }, wrong: [] });
  expect(changed({ ...alone, VISIT: "3.5" }, seen).wrong).toEqual(["VISIT"]);
  expect(changed({ ...alone, VISIT: "" }, seen)).toEqual({ cells: { VISIT: null }, wrong: [] });
});

test("what a team did is told with who wrote it; what is void reaches nobody", async () => {
  const store = await phone(0);
  const server = new Server();
  const lecture = (r: string, more: object): Line => {
    return { t: "record", r, d: { kind: "LECTURE", held_on: "2026-11-02", by: "b", ...more } };
  };
  server.lines = [
    SCOPE,
    lecture("x", { reached: 30 }),
    lecture("y", { held_on: "2026-11-09" }),
    lecture("z", { reached: 500, void: "twice", void_by: "a" }),
  ];
  await push(store, server.send, () => NOW);
  const { work } = await heldOf(store, "m");
  expect(work.map((one) => [one.id, one.by, one.gone])).toEqual([
    ["y", "b", false],
    ["x", "b", false],
    ["z", "b", true],
  ]);
  expect(work[2]?.voided, "who voided it, and why").toEqual({ why: "twice", by: "a" });
  expect(work[2]?.data).not.toHaveProperty("void_by");
  expect(work[0]?.data, "who wrote it is no value of it").not.toHaveProperty("by");
  expect(reachedBy(work, ["LECTURE"])).toEqual({ people: 30, told: 1, untold: 1 });
});
