import { expect, test } from "vitest";
import type { Told } from "../outbox/keep";
import type { Line } from "../see/history";
import { type App, dayOf, type Mission } from "../shell/app";
import { faultOf as faultOfCase, lacking, whoAnswered } from "./ask";
import { around } from "./month";
import { corrected, elsewhere, faultOf, read, valuesFrom, whyWrong } from "./read";
import { asItStands, disputed, emptied } from "./rec";
import { byUse } from "./record";

const HOSPITAL = { id: "h", names: { en: "Test" } };
const TEAM: Mission = { id: "m", names: {}, leads: false, places: [HOSPITAL] };
const app = (mission: Partial<Mission> = {}): App =>
  ({
    mission: { ...TEAM, ...mission },
    tongue: "fr",
    name: (names: Record<string, string>) => names.en,
    reference: {
      items: [
        { id: "i", sp: "OPHTHALMOLOGY" },
        { id: "c", sp: "INTERNAL" },
      ],
    },
  }) as unknown as App;
const DAY = { held_on: "2026-11-20" };
const dataOf = (said: unknown): Record<string, unknown> => (said as Told).data;

test("an operation tells its part, its technique with the specialty, and whom it was done with", () => {
  const said = read(
    app(),
    { ...DAY, kind: "OPERATION_SUPERVISED", item: "i", with_whom: " Dr U " },
    "OPERATION",
  );
  expect(dataOf(said)).toEqual({
    organisation: "h", mission: "m", held_on: "2026-11-20", kind: "OPERATION_SUPERVISED",
    count: 1, item: "i", with_whom: "Dr U", specialty: "OPHTHALMOLOGY",
  }); // biome-ignore format: a record
  expect(read(app(), DAY, "OPERATION")).toBe("choosePart");
});

test("a visit of which more is told is a record of one; a number of visits is a number", () => {
  expect(read(app(), { ...DAY, count: "7" }, "VISIT")).toMatchObject({
    type: "visits",
    data: { mission: "m", held_on: "2026-11-20", count: 7 },
  });
  const told = { ...DAY, count: "1", organisation: "h", place: "" };
  expect(read(app(), told, "VISIT")).toMatchObject({ type: "visits" });
  const said = read(app(), { ...told, sex: "F", age: "1_4", item: "c" }, "VISIT");
  expect(said).toMatchObject({ type: "record", kind: "create" });
  expect(dataOf(said)).toEqual({
    organisation: "h", mission: "m", held_on: "2026-11-20", kind: "VISIT", count: 1, item: "c",
    sex: "F", age: "1_4", specialty: "INTERNAL",
  }); // biome-ignore format: a record
  expect(read(app(), { ...told, count: "2", sex: "F" }, "VISIT")).toBe("oneVisit");
  expect(dataOf(read(app(), { ...told, organisation: elsewhere("Village A") }, "VISIT"))).toEqual({
    place: "Village A", mission: "m", held_on: "2026-11-20", kind: "VISIT", count: 1,
  }); // biome-ignore format: a record
  const nowhere = { places: [] };
  expect(read(app(nowhere), { ...DAY, organisation: elsewhere() }, "VISIT")).toMatchObject({
    type: "visits",
  });
  expect(dataOf(read(app(nowhere), { ...DAY, place: "Village B" }, "VISIT")).place).toBe(
    "Village B",
  );
});

test("a visit of which more was told is put right as the record that it is", () => {
  const old = rec(dataOf(read(app(), { ...DAY, sex: "F", age: "U1" }, "VISIT")));
  expect(corrected(app(), { ...valuesFrom(old), sex: "M" }, "VISIT", old)).toMatchObject({
    type: "record", kind: "set", data: { sex: "M" }, before: { sex: "F" },
  }); // biome-ignore format: a record
  expect(corrected(app(), { ...valuesFrom(old), sex: "", age: "" }, "VISIT", old)).toMatchObject({
    type: "record",
    data: { sex: "", age: "" },
  });
  const many = rec({ mission: "m", held_on: "2026-11-20", count: 7 }, "visits");
  expect(corrected(app(), { ...valuesFrom(many), count: "9" }, "VISIT", many)).toMatchObject({
    type: "visits", kind: "set", data: { count: 9 }, before: { count: 7 },
  }); // biome-ignore format: a record
});

test("what was held elsewhere keeps its place when its form asks for none", () => {
  const old = rec(dataOf(read(app(), { ...DAY, organisation: elsewhere("École") }, "LECTURE")));
  const { place: _place, organisation: _where, ...form } = valuesFrom(old);
  const said = corrected(app(), { ...form, with_whom: "Dr Un" }, "LECTURE", old);
  expect(dataOf(said)).toEqual({ with_whom: "Dr Un" });
});

test("a free clinic is at a hospital, at another place of the team, or wherever they say", () => {
  const at = (organisation: string, place = ""): unknown =>
    read(app(), { ...DAY, organisation, place, reached: "9" }, "FREE_CLINIC");
  expect(dataOf(at("h")).organisation).toBe("h");
  expect(dataOf(at(elsewhere("Village A")))).toMatchObject({ place: "Village A" });
  expect(dataOf(at(elsewhere(), " Village B "))).toMatchObject({ place: "Village B" });
  expect(dataOf(at(elsewhere(), "Village B")).organisation).toBeUndefined();
  expect(at(elsewhere())).toBe("sayWhere");
  expect(read(app({ places: [] }), DAY, "LECTURE")).toBe("noPlace");
  expect(dataOf(read(app({ places: [] }), { ...DAY, place: "École" }, "LECTURE")).place).toBe(
    "École",
  );
});

test("a lecture or a clinic tells how many people it reached; one that tells nothing is refused", () => {
  const at = (told: Record<string, string>, kind: "LECTURE" | "FREE_CLINIC" = "LECTURE"): unknown =>
    read(app(), { ...DAY, ...told }, kind);
  expect(at({})).toBe("nothingTold");
  expect(at({ organisation: "h", reached: " " }, "FREE_CLINIC")).toBe("nothingTold");
  expect(dataOf(at({ reached: "45" })).reached).toBe(45);
  expect(dataOf(at({ reached: "0" }, "FREE_CLINIC")).reached).toBe(0);
  for (const wrong of ["-1", "4.5", "many", "1000001"]) {
    expect(at({ reached: wrong }), wrong).toBe("reachedRange");
  }
  expect(dataOf(at({ group: "LOCAL" })).reached, "unknown, never nought").toBeUndefined();
  expect(read(app(), DAY, "ADVICE"), "an advice is asked nothing more").not.toBe("nothingTold");
  const old = rec(dataOf(at({ reached: "45" })));
  expect(corrected(app(), { ...valuesFrom(old), reached: "" }, "LECTURE", old)).toBe("nothingTold");
  expect(corrected(app(), { ...valuesFrom(old), reached: "50" }, "LECTURE", old)).toMatchObject({
    data: { reached: 50 },
    before: { reached: 45 },
  });
  const bare = rec({ ...old.data, reached: undefined });
  const later = {
    ...valuesFrom(rec(dataOf(at({ group: "X" })))),
    group: "",
    held_on: "2026-11-19",
  };
  expect(corrected(app(), later, "LECTURE", bare), "its day may be put right").toMatchObject({
    data: { held_on: "2026-11-19" },
  });
});

test("of a training nothing is known before it is said how many came", () => {
  expect(read(app(), { ...DAY, kind: "TRAINED_ONLINE", count: "" }, "TRAINED")).toBe("countRange");
});

test("as many came to a training as signed up; without a list the number stands", () => {
  const told = { ...DAY, kind: "TRAINED_IN_PERSON", count: "9" };
  expect(dataOf(read(app(), told, "TRAINED")).count).toBe(9);
  const listed = dataOf(read(app(), { ...told, attendees: "A\nB" }, "TRAINED"));
  expect([listed.count, listed.attendees]).toEqual([2, ["A", "B"]]);
  expect(read(app(), { ...told, count: "0" }, "TRAINED")).toBe("countRange");
});

test("six names on one line are six who came; a list that cannot be taken is refused before it is saved", () => {
  const at = (attendees: string): unknown =>
    read(app(), { ...DAY, kind: "TRAINED_IN_PERSON", count: "1", attendees }, "TRAINED");
  const six = ["王伟", "李娜", "张敏", "刘洋", "陈静", "杨磊"];
  const listed = dataOf(at(six.join("、")));
  expect([listed.count, listed.attendees]).toEqual([6, six]);
  const many = Array.from({ length: 501 }, (_, n) => `Dr ${n}`).join(", ");
  for (const [text, word] of [[many, "manyNames"], ["王".repeat(121), "longName"]] as const) {
    expect(at(text)).toBe(word);
    expect(faultOf(word, { attendees: text })).toBe("attendees");
  } // biome-ignore format: pairs
  const ten = Array.from({ length: 10 }, (_, n) => `Docteur Numéro ${n}`).join(", ");
  expect(dataOf(at(ten)).count, "a long line, and no long name").toBe(10);
});

test("somebody's own words say who in general, and whether they may be quoted", () => {
  const said = { ...DAY, said_by: "PATIENT", text: " Merci ", may_be_quoted: "yes" };
  expect(dataOf(read(app(), said, "VOICE"))).toEqual({
    of: "voice", mission: "m", held_on: "2026-11-20", said_by: "PATIENT", text: "Merci",
    language: "fr", may_be_quoted: true,
  }); // biome-ignore format: a record
  expect(read(app(), { ...said, said_by: "" }, "VOICE")).toBe("sayWho");
  expect(read(app(), { ...said, text: " " }, "VOICE")).toBe("sayWords");
});

const rec = (data: Record<string, unknown>, type: Told["type"] = "record"): Told => ({
  id: "r", type, at: "2026-11-20T10:00:00Z", data,
}); // biome-ignore format: a record

test("a correction sends what changed with what was seen, never where and by whom it was", () => {
  const old = rec(dataOf(read(app(), { ...DAY, outcome: "IMPROVED", age: "U1" }, "RESCUE")));
  const form = valuesFrom(old);
  expect(corrected(app(), form, "RESCUE", old)).toBe("nothingChanged");
  const now = { ...form, outcome: "RECOVERED", age: "", organisation: "elsewhere" };
  expect(corrected(app(), now, "RESCUE", old)).toMatchObject({
    kind: "set",
    id: "r",
    data: { outcome: "RECOVERED", age: "" },
    before: { outcome: "IMPROVED", age: "U1" },
  });
  const clinic = rec(
    dataOf(read(app(), { ...DAY, organisation: elsewhere("Village A") }, "FREE_CLINIC")),
  );
  const moved = { ...valuesFrom(clinic), place: "Village B" };
  expect(dataOf(corrected(app(), moved, "FREE_CLINIC", clinic))).toEqual({ place: "Village B" });
});

test("a number by which somebody may be found is refused before it is saved", () => {
  const told = { ...DAY, with_whom: "Dr Ba 0612345678" };
  expect(read(app(), told, "ADVICE")).toBe("nobodyNamed");
  expect(read(app(), { ...told, with_whom: "Dr Ba" }, "ADVICE")).toMatchObject({ kind: "create" });
  const training = { ...DAY, kind: "TRAINED_ONLINE", attendees: "Dr Un\nDr Deux 0612345678" };
  expect(read(app(), training, "TRAINED")).toBe("nobodyNamed");
  const words = { ...DAY, said_by: "PATIENT", text: "Call me: +224 622 12 34 56" };
  expect(read(app(), words, "VOICE")).toBe("nobodyNamed");
  const question = {
    specialty: "SURGERY", story: "told patient Diallo", question: "?", consent_by: "SELF",
    consent_how: "SPOKEN", priority: "ROUTINE",
  }; // biome-ignore format: a record
  expect(lacking(question)).toBe("caseNamesNobody");
  const story = "Mamadou Diallo, 45, red eye";
  expect(lacking({ ...question, story })).toBe("caseNamesNobody");
  expect(lacking({ ...question, story: "a wound", reference: "224622334455" })).toBe("nobodyNamed");
  expect(lacking({ ...question, story: "a wound", reference: "2026-000123" })).toBeUndefined();
});

test("what a form refuses is said to be in the value that is at fault", () => {
  const values = { ...DAY, with_whom: "Dr Ba", place: "0612345678" };
  expect(read(app(), values, "LECTURE")).toBe("nobodyNamed");
  expect(faultOf("nobodyNamed", values)).toBe("place");
  expect(faultOf("nobodyNamed", { attendees: "Dr Ba 0612345678" })).toBe("attendees");
  expect(faultOf("choosePart", values)).toBe("kind");
  expect(faultOf("nothingChanged", values), "it is in none").toBe("");
  const asked = { specialty: "SURGERY", story: "a wound", question: "what now?" };
  const agreed = { consent_by: "PATIENT", consent_how: "SPOKEN" };
  const fault = (told: Record<string, string>): string => {
    const wrong = lacking(told);
    return wrong ? faultOfCase(wrong, told) : "";
  };
  expect(fault({ ...asked, question: "" })).toBe("question");
  expect(fault({ ...asked, consent_by: "PATIENT" })).toBe("consent_how");
  const named = "Mamadou Diallo, 45, red eye";
  expect(fault({ ...asked, ...agreed, story: named })).toBe("story");
  expect(fault({ ...asked, ...agreed, question: named })).toBe("question");
  expect(fault({ ...asked, ...agreed, reference: "224622334455" })).toBe("reference");
  expect(fault({ ...asked, ...agreed, consent_how: "LATER" })).toBe("consent_by");
  expect(fault({ ...asked, ...agreed })).toBe("");
});

test("a day that has not come is refused by a clock that is known to be fast", () => {
  const wrong = new Date();
  const fast = { ...app(), skew: { seconds: -92 * 86_400, at: wrong.getTime() - 1000 } } as App;
  const ahead = { held_on: dayOf(wrong), outcome: "IMPROVED" };
  expect(read(fast, ahead, "RESCUE")).toBe("dayAhead");
  const right = dayOf(new Date(wrong.getTime() - 92 * 86_400_000));
  expect(read(fast, { ...ahead, held_on: right }, "RESCUE")).toMatchObject({ kind: "create" });
});

test("a month that was a mistake is unknown again, cell by cell, and tells what it saw", () => {
  const month = { organisation: "h", mission: "m", month: "2026-11", cells: { VISIT: 5 } };
  const stands = { VISIT: 7, RESCUE: null, DELIVERY: 0 }; // the office chose, another phone wrote
  const said = emptied({ ...rec(month, "count"), state: "on_server" }, stands, "wrong month");
  expect(said.data.cells).toEqual({ VISIT: null, DELIVERY: null });
  expect(said.before).toEqual({ VISIT: 7, DELIVERY: 0 });
  expect(said.data.reason).toBe("wrong month");
});

test("of what two wrote otherwise only the disputed is named, and the rest was taken", () => {
  const line = (data: object): Line => ({
    q: 1,
    type: "count",
    kind: "set",
    at: "",
    data: data as Line["data"],
    before: {},
    state: "conflict",
    why: "",
  });
  const lines = [line({ cells: { VISIT: 420, OPERATION_DONE: 9 } })];
  const names = (contested: readonly string[]): readonly string[] =>
    disputed(lines, ({ name }) => contested.includes(name)).map((one) => one.name);
  expect(names(["VISIT"])).toEqual(["VISIT"]);
  expect(names([]), "nothing was told yet").toEqual(["VISIT", "OPERATION_DONE"]);
});

test("a month's record tells what stands in its cells since the office chose", () => {
  const month = { month: "2026-11", cells: { VISIT: 500, RESCUE: 2, DELIVERY: 1 } };
  const stands = {
    cells: { VISIT: 420, DELIVERY: 1, PROTOCOL: 4 },
    contested: [],
    offices: [],
    told: true,
  };
  expect(asItStands({ data: month }, stands).cells).toEqual({
    VISIT: 420,
    RESCUE: null,
    DELIVERY: 1,
  });
});

test("who answered is called as in the language of the phone", () => {
  const told = { text: "Give it.", who: "胡泉（虚构）", at: "2026-11-24" };
  const names = { zh: "胡泉（虚构）", fr: "Hu Quan (fictif)" };
  expect(whoAnswered({ ...told, names }, "fr")).toBe("Hu Quan (fictif)");
  expect(whoAnswered({ ...told, names: {} }, "fr"), "called otherwise since").toBe("胡泉（虚构）");
  expect(whoAnswered(told, "fr"), "lists of before").toBe("胡泉（虚构）");
});

test("from a month one goes to the nearest before and after of which anything is held", () => {
  const months = ["2026-11", "2026-08", "2026-10", "", "2026-08"];
  expect(around(months, "2026-11")).toEqual(["2026-10", undefined]);
  expect(around(months, "2026-10")).toEqual(["2026-08", "2026-11"]);
  expect(around(months, "2026-08")).toEqual([undefined, "2026-10"]);
  expect(around(["2026-11"], "2026-11")).toEqual([undefined, undefined]);
});

test("visits, operations and training stay at once, then what this phone records most", () => {
  const often = ["DELIVERY", "VOICE", "DELIVERY", "VISIT", "LECTURE", "ADVICE", "RESCUE"];
  const tiles = byUse(often);
  expect(tiles.slice(0, 4)).toEqual(["VISIT", "OPERATION", "TRAINED", "DELIVERY"]);
  expect(tiles).toHaveLength(14);
});

test("a reason names nobody: who takes a record back or signs nothing is asked again", () => {
  expect(whyWrong(" ")).toBe("sayWhy");
  expect(whyWrong("patient Diallo counted twice")).toBe("nobodyNamed");
  expect(whyWrong("患者张三 记错了")).toBe("nobodyNamed");
  expect(whyWrong("counted twice")).toBeUndefined();
});
