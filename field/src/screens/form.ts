/** One record: as few taps as its kind needs, the rest under "more". Kept as a draft at each change. */
import { freshId } from "../outbox/ids";
import type { Said } from "../outbox/keep";
import { type App, todayOf } from "../shell/app";
import type { Word } from "../words/words";
import { button, type Child, chips, element, field, head } from "./parts";
import { picker } from "./picker";
import { namesIn, pictured, pictures } from "./pictures";

type Part = "count" | "part" | "item" | "with_whom" | "outcome" | "group" | "sex" | "age";
type Values = Record<string, string>;

/** What is asked at once, and what stands under "more". */
const ASKS: Readonly<Record<string, readonly [readonly Part[], readonly Part[]]>> = {
  VISIT: [["count"], []],
  OPERATION: [
    ["part", "item", "with_whom"],
    ["outcome", "group", "sex", "age"],
  ],
  RESCUE: [["outcome"], ["item", "with_whom", "group", "sex", "age"]],
  ADMISSION: [["item"], ["outcome", "group", "sex", "age"]],
  DELIVERY: [["outcome"], ["with_whom", "group", "age"]],
  TRAINED: [["part", "count", "item"], []],
};
const OTHER: readonly [readonly Part[], readonly Part[]] = [["item", "with_whom"], ["group"]];
const PARTS: Readonly<Record<string, readonly Word[]>> = {
  OPERATION: ["OPERATION_DONE", "OPERATION_ASSISTED", "OPERATION_SUPERVISED"],
  TRAINED: ["TRAINED_IN_PERSON", "TRAINED_ONLINE"],
};

export async function form(app: App, kind: Word): Promise<readonly Child[]> {
  const draft = (await app.store.draft<Values>(kind)) ?? {};
  const [first, more] = ASKS[kind] ?? OTHER;
  const make = (part: Part): HTMLElement => PIECES[part](app, kind, draft);
  const made = element("form", { novalidate: "" });
  made.append(...first.map(make));
  const later = [...more.map(make), ...places(app, draft), day(app, draft)];
  made.append(
    kind === "VISIT" || !todayOf(app.reference)
      ? element("div", {}, ...later)
      : element("details", {}, element("summary", {}, app.say("moreOf")), ...later),
  );
  if (kind !== "VISIT") made.append(pictures(app, draft.pictures ?? ""));
  const note = element("p", { role: "alert", class: "note" });
  made.append(note, element("button", { type: "submit", class: "main" }, app.say("save")));
  fill(made, draft);
  draftOn(app, made, kind);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    void save(app, made, kind, note);
  });
  return [head(app, app.say(kind)), made];
}

const PIECES: Readonly<Record<Part, (app: App, kind: Word, draft: Values) => HTMLElement>> = {
  count: (app, kind) => stepper(app, kind === "VISIT" ? "count" : "came"),
  part: (app, kind) =>
    chips(
      "kind",
      app.say(kind === "OPERATION" ? "part" : "where"),
      (PARTS[kind] ?? []).map((code) => [code, app.say(code)]),
    ),
  item: (app, _kind, draft) => picker(app, draft.item ?? ""),
  with_whom: (app) =>
    field(app.say("withWhom"), element("input", { name: "with_whom", maxlength: "120" })),
  outcome: (app) => ofWords(app, "outcome", "outcomes"),
  group: (app) => ofWords(app, "group", "groups"),
  sex: (app) => ofWords(app, "sex", "sexes"),
  age: (app) => ofWords(app, "age", "ages"),
};

function ofWords(
  app: App,
  name: "outcome" | "group" | "sex" | "age",
  list: "outcomes" | "groups" | "sexes" | "ages",
): HTMLElement {
  const words = Object.entries(app.reference?.words[list] ?? {});
  return chips(
    name,
    app.say(name),
    words.map(([code, names]) => [code, app.name(names)]),
  );
}

function stepper(app: App, label: Word): HTMLElement {
  const input = element("input", {
    name: "count",
    type: "number",
    inputmode: "numeric",
    min: "1",
    max: "5000",
    value: "1",
    "aria-label": app.say(label),
  });
  const move = (by: number): void => {
    input.value = String(Math.min(5000, Math.max(1, (Number(input.value) || 0) + by)));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const step = (sign: string, by: number, name: Word): HTMLElement =>
    button(sign, () => move(by), { "aria-label": app.say(name) });
  return element(
    "div",
    { class: "field" },
    element("span", { "aria-hidden": "true" }, app.say(label)),
    element("div", { class: "stepper" }, step("−", -1, "less"), input, step("+", 1, "more")),
  );
}

function day(app: App, draft: Values): HTMLElement {
  const today = todayOf(app.reference);
  const input = element("input", { name: "held_on", type: "date", required: "" });
  input.value = draft.held_on ?? today;
  return field(today ? app.say("day") : app.say("clockOff"), input);
}

/** Which team and hospital, where there is a choice. */
function places(app: App, draft: Values): HTMLElement[] {
  const made: HTMLElement[] = [];
  const mission = app.mission;
  if (app.missions.length > 1) {
    const options = app.missions.map((one) => [one.id, app.name(one.names)] as const);
    const select = choose("team", options, mission?.id ?? "");
    select.addEventListener("change", () => {
      localStorage.setItem("marrow-team", select.value);
      window.dispatchEvent(new HashChangeEvent("hashchange"));
    });
    made.push(field(app.say("team"), select));
  }
  if ((mission?.places.length ?? 0) > 1) {
    const options = (mission?.places ?? []).map((one) => [one.id, app.name(one.names)] as const);
    made.push(
      field(app.say("hospital"), choose("organisation", options, draft.organisation ?? "")),
    );
  }
  return made;
}

function choose(
  name: string,
  options: readonly (readonly [string, string])[],
  chosen: string,
): HTMLSelectElement {
  const made = element("select", { name });
  made.append(...options.map(([id, text]) => element("option", { value: id }, text)));
  if (options.some(([id]) => id === chosen)) made.value = chosen;
  return made;
}

function valuesOf(made: HTMLFormElement): Values {
  const told: Values = {};
  for (const [name, value] of new FormData(made)) told[name] = String(value);
  return told;
}

function fill(made: HTMLFormElement, draft: Values): void {
  for (const [name, value] of Object.entries(draft)) {
    const held = made.elements.namedItem(name);
    if (held instanceof RadioNodeList || held instanceof HTMLInputElement) held.value = value;
    if (name !== "count" && name !== "item" && value) {
      const details = made.querySelector("details");
      if (details?.querySelector(`[name="${name}"]`) && name !== "held_on") details.open = true;
    }
  }
}

let writing: Promise<void> = Promise.resolve();

/** Each change is kept at once; a form that was saved meanwhile writes no draft any more. */
function draftOn(app: App, made: HTMLFormElement, kind: string): void {
  const write = (): void => {
    const told = valuesOf(made);
    writing = writing
      .then(() => (made.dataset.saved ? undefined : app.store.keepDraft(kind, told)))
      .catch(() => undefined);
  };
  made.addEventListener("input", write);
  made.addEventListener("change", write);
}

async function save(app: App, made: HTMLFormElement, kind: Word, note: HTMLElement): Promise<void> {
  await pictured();
  if (made.dataset.saved) return; // a double tap is one record
  const values = valuesOf(made);
  const said = read(app, values, kind);
  if (typeof said === "string") {
    note.textContent = app.say(said);
    return;
  }
  made.dataset.saved = "yes";
  try {
    await writing;
    await app.keep(said, namesIn(values.pictures));
    if (said.data.item) await remember(app, String(said.data.item));
    app.told = app.say("saved");
    location.hash = "";
  } catch {
    delete made.dataset.saved;
    note.textContent = app.say("notSaved");
  }
}

async function remember(app: App, item: string): Promise<void> {
  const recent = (await app.store.value<string[]>("recent")) ?? [];
  const fresh = [item, ...recent.filter((id) => id !== item)].slice(0, 20);
  await app.store.keepValue("recent", fresh).catch(() => undefined);
}

/** What the form says as it is kept; or the word that says what is missing. */
export function read(app: App, told: Values, kind: Word): Said | Word {
  const mission = app.mission;
  const place = told.organisation || mission?.places[0]?.id;
  const day = told.held_on ?? "";
  if (!mission) return "noBatch";
  if (!day) return "clockOff";
  const count = Number(told.count ?? "1");
  if (!Number.isInteger(count) || count < 1 || count > 5000) return "countRange";
  const bare = { id: freshId(new Date()), kind: "create", month: day.slice(0, 7), draft: kind };
  if (kind === "VISIT") {
    const data = { mission: mission.id, held_on: day, count };
    return { ...bare, type: "visits", data } as Said;
  }
  if (PARTS[kind] && !told.kind) return "choosePart";
  if (!place) return "noPlace";
  const data: Record<string, unknown> = {
    organisation: place,
    mission: mission.id,
    held_on: day,
    kind: told.kind || kind,
    count,
  };
  for (const name of ["item", "with_whom", "outcome", "group", "sex", "age"]) {
    if (told[name]?.trim()) data[name] = told[name].trim();
  }
  const item = app.reference?.items.find((one) => one.id === told.item);
  if (item) data.specialty = item.sp;
  return { ...bare, type: "record", data } as Said;
}
