/** What a form says, as it is kept. No page is looked at here. */
import { freshId } from "../outbox/ids";
import type { Said, Told } from "../outbox/keep";
import { namesIn, namesWrong } from "../see/attendees";
import { differing } from "../see/history";
import { whoIn } from "../see/privacy";
import { type App, type Mission, type Post, todayOf } from "../shell/app";
import type { Word } from "../words/words";

export type Values = Record<string, string>;

/** Kinds of which a record has parts: its own code is the part's. */
export const PARTS: Readonly<Record<string, readonly Word[]>> = {
  OPERATION: ["OPERATION_DONE", "OPERATION_ASSISTED", "OPERATION_SUPERVISED"],
  TRAINED: ["TRAINED_IN_PERSON", "TRAINED_ONLINE"],
};
/** Work that tells how many people it reached: with nothing told it says nothing. */
export const REACHING: readonly string[] = [
  "LECTURE",
  "DEMONSTRATION",
  "FREE_CLINIC",
  "PUBLIC_HEALTH",
];
const MOST_REACHED = 1_000_000;
/** Work that is as much at home in a village as in a hospital. */
export const OUTSIDE: readonly string[] = ["FREE_CLINIC", "PUBLIC_HEALTH"];
const ELSEWHERE = "=";
/** What is told of one visit: then it is a record of its own, and no number of visits. */
const OF_ONE_VISIT = ["item", "sex", "age"] as const;
const TEXTS = ["item", "with_whom", "outcome", "group", "sex", "age"] as const;

/** The value of the choice of a place that is no hospital. */
export const elsewhere = (name = ""): string => `${ELSEWHERE}${name}`;

type Bare = Pick<Said, "type" | "data">;

/** What the form says; or the word that says what is missing. */
export function read(app: App, told: Values, kind: Word): Said | Word {
  const made = valuesOf(app, told, kind);
  if (typeof made === "string") return made;
  if (isBare(made.data)) return "nothingTold";
  const month = (told.held_on ?? "").slice(0, 7);
  return { ...made, id: freshId(new Date()), kind: "create", month, draft: kind };
}

/** What was put right of a record, with what was seen of it; or the word that says why not. */
export function corrected(app: App, told: Values, kind: Word, rec: Told): Said | Word {
  const made = valuesOf(app, told, kind, rec);
  if (typeof made === "string") return made;
  const now: Record<string, unknown> = { ...made.data };
  // where and by whom it was does not change; a place outside of hospitals may be called better,
  // where the form asks for it
  const fixed = told.place === undefined ? ["place"] : [];
  for (const name of ["mission", "organisation", "of", ...fixed]) {
    if (rec.data[name] === undefined) delete now[name];
    else now[name] = rec.data[name];
  }
  if (isBare(now) && !isBare(rec.data)) return "nothingTold";
  const changed = differing(rec.data, now);
  if (Object.keys(changed.data).length === 0) return "nothingChanged";
  const month = (told.held_on ?? "").slice(0, 7);
  const draft = `edit:${rec.id}`;
  return { id: rec.id, type: rec.type, kind: "set", ...changed, month, draft };
}

function isBare(data: Told["data"]): boolean {
  const told = [...TEXTS, "place", "reached"].some((name) => (data[name] ?? "") !== "");
  return REACHING.includes(String(data.kind)) && !told;
}

function valuesOf(app: App, told: Values, kind: Word, rec?: Told): Bare | Word {
  const mission = app.mission;
  const day = told.held_on ?? "";
  if (!mission) return "noBatch";
  if (!day) return "clockOff";
  const wrong = dayWrong(app, day);
  if (wrong) return wrong;
  const names = kind === "TRAINED" ? namesIn(told.attendees) : [];
  const list = namesWrong(names);
  if (list) return list;
  if (findable(told, names)) return "nobodyNamed";
  if (kind === "VOICE") return voice(mission.id, day, told, app.tongue);
  const count = names.length || Number(told.count ?? "1");
  if (!Number.isInteger(count) || count < 1 || count > 5000) return "countRange";
  if (kind === "VISIT") {
    const one = rec ? rec.type === "record" : tellsOfOne(app, told);
    if (one && count > 1) return "oneVisit";
    if (!one) return visits(mission.id, day, count);
  }
  if (PARTS[kind] && !told.kind) return "choosePart";
  const where = placeOf(told, mission.places[0]?.id);
  if (!where && !rec) return mission.places.length ? "sayWhere" : "noPlace";
  const data: Record<string, unknown> = {
    ...where,
    mission: mission.id,
    held_on: day,
    kind: told.kind || kind,
    count,
  };
  for (const name of TEXTS) {
    if (told[name]?.trim()) data[name] = told[name].trim();
  }
  if (REACHING.includes(kind) && told.reached?.trim()) {
    const reached = Number(told.reached);
    if (!/^\s*\d+\s*$/.test(told.reached) || reached > MOST_REACHED) return "reachedRange";
    data.reached = reached;
  }
  if (names.length) data.attendees = names;
  const item = app.reference?.items.find((one) => one.id === told.item);
  if (item) data.specialty = item.sp;
  return { type: "record", data };
}

/** Whether somebody may be found by what is told: the office would keep none of it. */
function findable(told: Values, names: readonly string[]): boolean {
  return [told.with_whom, told.place, told.text, ...names].some((text) => whoIn(text ?? ""));
}

const FAULTS: Partial<Record<Word, string>> = {
  clockOff: "held_on",
  dayAhead: "held_on",
  dayBefore: "held_on",
  countRange: "count",
  manyNames: "attendees",
  longName: "attendees",
  oneVisit: "count",
  choosePart: "kind",
  reachedRange: "reached",
  nothingTold: "reached",
  sayWho: "said_by",
  sayWords: "text",
  sayWhere: "place",
};

/** The name of the value in which it is that `wrong` says; '' where it is in none. */
export function faultOf(wrong: Word, told: Values): string {
  if (wrong !== "nobodyNamed") return FAULTS[wrong] ?? "";
  const named = ["with_whom", "place", "text"].find((name) => whoIn(told[name] ?? ""));
  return named ?? "attendees";
}

/** What is wrong with a reason: it is empty, or somebody may be found by it; undefined is nothing. */
export function whyWrong(reason: string): Word | undefined {
  if (!reason.trim()) return "sayWhy";
  return whoIn(reason) ? "nobodyNamed" : undefined;
}

/** A day that has not come, as far as the last list from headquarters can tell; or before the team
 * was there. */
function dayWrong(app: App, day: string): Word | undefined {
  const today = todayOf(app);
  if (today && day > today) return "dayAhead";
  return app.mission?.since && day < app.mission.since ? "dayBefore" : undefined;
}

/** A hospital, or a place that is none as the team calls it; undefined where neither is said. */
function placeOf(
  told: Values,
  first: string | undefined,
): { organisation: string } | { place: string } | undefined {
  const chosen = told.organisation || first || ELSEWHERE;
  if (!chosen.startsWith(ELSEWHERE)) return { organisation: chosen };
  const place = (chosen.slice(ELSEWHERE.length) || (told.place ?? "")).trim().slice(0, 120);
  return place ? { place } : undefined;
}

/** Places of a team that are no hospitals. */
export function outsideOf(mission: Mission | undefined): readonly Post[] {
  return (mission?.posts ?? []).filter((one) => one.outside);
}

/** Whether more is told of a visit than that it was: a number of visits names no place either. */
function tellsOfOne(app: App, told: Values): boolean {
  if (OF_ONE_VISIT.some((name) => told[name]?.trim())) return true;
  const site = outsideOf(app.mission)[0];
  const usual = app.mission?.places[0]?.id ?? elsewhere(site && app.name(site.names));
  const chosen = told.organisation ?? usual;
  return chosen !== usual || (chosen === ELSEWHERE && Boolean(told.place?.trim()));
}

function visits(mission: string, held_on: string, count: number): Bare {
  return { type: "visits", data: { mission, held_on, count } };
}

function voice(mission: string, day: string, told: Values, tongue: string): Bare | Word {
  const text = (told.text ?? "").trim();
  if (!told.said_by) return "sayWho";
  if (!text) return "sayWords";
  const data: Record<string, unknown> = {
    of: "voice",
    mission,
    held_on: day,
    said_by: told.said_by,
    text,
    language: told.language || tongue,
  };
  if (told.satisfied) data.satisfied = told.satisfied;
  if (told.place?.trim()) data.place = told.place.trim();
  if (told.may_be_quoted) data.may_be_quoted = true;
  return { type: "message", data };
}

/** A record as its form begins when it is put right. */
export function valuesFrom(rec: Told): Values {
  const told: Values = {};
  for (const [name, value] of Object.entries(rec.data)) {
    told[name] = Array.isArray(value) ? value.join("\n") : String(value);
  }
  if (rec.data.place && !rec.data.organisation) told.organisation = elsewhere();
  return told;
}
