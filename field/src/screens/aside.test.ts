import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { keep, told } from "../outbox/keep";
import { NOW, phone, texts } from "../outbox/testing";
import type { Line } from "../see/history";
import type { App, Case } from "../shell/app";
import { lastWasRefused, noteKept } from "../shell/unsaved";
import { speak } from "../words/words";
import { leftBeside, toldAbove, valuesAside, whyAside } from "./aside";
import { inShort } from "./parts";
import { whereIsPicture } from "./pictures";
import { lineInWords, why } from "./rec";
import { signedOf } from "./sign";

const app = {
  say: speak("en"),
  name: (names?: Record<string, string>) => names?.en ?? "",
  reference: { words: { kinds: { OPERATION_DONE: { en: "operations done" } } } },
} as unknown as App;

test("what was typed in a month that the office set aside can be read on the phone", () => {
  const data = { month: "2031-03", cells: { OPERATION_DONE: 5 } };
  const before = { OPERATION_DONE: null };
  const bare = { q: 1, type: "count", kind: "set", at: "", state: "quarantined" } as const;
  const line: Line = { ...bare, data, before, why: "REFUSED" };
  expect(valuesAside(app, [line])).toEqual(["operations done: unknown → 5"]);
});

test("the phone says why the office did not take something, of a closed month too", () => {
  expect([whyAside("CLOSED"), whyAside("REFUSED"), whyAside("REVOKED")]).toEqual([
    "whyClosed",
    "whyValues",
    "whyEnded",
  ]);
  expect(whyAside("UNKNOWN_FORM")).toBe("whyUnread");
  expect(whyAside(""), "it was not told").toBeUndefined();
});

test("a record that has arrived says nothing above it of what was left of it", () => {
  const bare = { type: "visits", at: "", data: {}, before: {}, why: "" } as const;
  const made: Line = { ...bare, q: 1, kind: "create", state: "on_server" };
  const left: Line = { ...bare, q: 2, kind: "set", state: "stayed", why: "UNSEEN" };
  const taken: Line = { ...bare, q: 3, kind: "set", state: "on_server" };
  expect(toldAbove([made, left])).toEqual([]);
  expect(toldAbove([made, left, taken])).toEqual([]);
  const waits: Line = { ...left, q: 3, state: "quarantined" };
  expect(toldAbove([made, left, waits]), "what waits is told").toEqual([waits]);
  const out: Line = { ...left, q: 1, kind: "create" };
  expect(toldAbove([out]), "what stayed out as a whole is told").toEqual([out]);
  const chosen: Line = { ...left, why: "" };
  expect(toldAbove([chosen]), "of two values somebody chose").toEqual([]);
});

test("of a month of which the office left our counts, the phone tells what it had sent", () => {
  const bare = { q: 1, type: "count", kind: "set", at: "", before: {}, why: "" } as const;
  const cells = (told: object) => ({ month: "2026-10", cells: told });
  const left: Line = { ...bare, state: "stayed", data: cells({ DELIVERY: 5, VISIT: 300 }) };
  const of = (lines: readonly Line[], stands: object) =>
    leftBeside(lines, { ...stands }).map(({ name, to }) => [name, to]);
  expect(of([left], { DELIVERY: 4, VISIT: 300 }), "what stands as we sent it").toEqual([
    ["DELIVERY", 5],
  ]);
  const again: Line = { ...bare, q: 2, state: "on_server", data: cells({ DELIVERY: 6 }) };
  expect(of([left, again], { DELIVERY: 6, VISIT: 300 }), "written anew since").toEqual([]);
  expect(of([{ ...left, state: "conflict" }], { DELIVERY: 4 }), "a person looks").toEqual([]);
  expect(of([{ ...left, why: "CLOSED" }], { DELIVERY: 4 }), "told above").toEqual([]);
});

test("a photograph that the office left is not called arrived", () => {
  const bare = { at: "", before: {}, kind: "create", why: "" } as const;
  const made: Line = { ...bare, q: 1, type: "record", data: {}, state: "on_server" };
  const sent = { ...bare, q: 2, type: "file", data: { sha256: "a" }, why: "UNSEEN" } as const;
  const where = (state: Line["state"], more: readonly Line[] = []): string =>
    whereIsPicture({ sha: "a", state: "on_server" }, [made, { ...sent, state }, ...more]);
  expect(where("stayed")).toBe("stayed");
  expect(where("quarantined"), "a person looks at it").toBe("quarantined");
  expect(where("on_server")).toBe("on_server");
  const again: Line = { ...sent, q: 4, state: "on_server", why: "" };
  expect(where("stayed", [again]), "sent again, and taken").toBe("on_server");
  const here = whereIsPicture({ sha: "a", state: "queued" }, [{ ...sent, state: "stayed" }]);
  expect(here, "its bytes are on the phone").toBe("picturePending");
});

test("a signature says on the phone which case it is of, and sends no more for it", async () => {
  const store = await phone(0);
  const names = { en: "Hernia repair" };
  const about: Case = {
    id: "c", who: { en: "Dr Ba" }, item: names, hospital: {}, on: "2026-11-20", count: 1, role: {},
  }; // biome-ignore format: a record
  const data = { of: "case", case: "c" };
  const said = { id: "s", type: "signature", kind: "create", data, month: "2026-11" } as const;
  await keep(store, { ...said, about: { ...about, of: "case" } }, NOW);
  const rec = await told(store, "s");
  expect(rec && inShort(app, rec)).toBe("Signed · Hernia repair");
  expect(rec && signedOf(app, rec)).toEqual({ ...about, of: "case" });
  expect(JSON.parse((await texts(store))[0] ?? "").d).toEqual(data);
});

test("a record that was refused is known until one is saved, of each account by itself", () => {
  noteKept("base", false);
  expect([lastWasRefused("base"), lastWasRefused("mate")]).toEqual([true, false]);
  noteKept("base", true);
  expect(lastWasRefused("base")).toBe(false);
});

test("the history of a record has the colon of each language", () => {
  const bare = { q: 1, type: "visits", at: "", state: "on_server", why: "" } as const;
  const set: Line = { ...bare, kind: "set", data: { count: 9 }, before: { count: 8 } };
  const gone: Line = { ...bare, kind: "void", data: { reason: "R" }, before: {} };
  const voided = { voided: { why: "R", by: "o" } };
  const told = (["en", "zh", "fr"] as const).map((tongue) => {
    const here = { ...app, say: speak(tongue) } as App;
    return [lineInWords(here, set), lineInWords(here, gone), ...why(here, voided, [])];
  });
  expect(told).toEqual([
    ["corrected: How many: 8 → 9", "voided: R", " · somebody else: R"],
    ["更正：数量：8 → 9", "作废：R", " · 其他人：R"],
    ["corrigé\u00a0: Combien\u00a0: 8 → 9", "annulé\u00a0: R", " · quelqu’un d’autre\u00a0: R"],
  ]);
});
