/** The parts of a form of a record: each asks for one thing. */
import { namesIn } from "../see/attendees";
import { type App, todayOf } from "../shell/app";
import { useTeam } from "../shell/ownteam";
import type { Word } from "../words/words";
import { button, chips, element, field } from "./parts";
import { picker } from "./picker";
import { elsewhere, outsideOf, PARTS, type Values } from "./read";

export type Part =
  | "count"
  | "names"
  | "reached"
  | "part"
  | "item"
  | "condition"
  | "with_whom"
  | "outcome"
  | "group"
  | "sex"
  | "age"
  | "where"
  | "said_by"
  | "text"
  | "satisfied"
  | "may_be_quoted";

type Make = (app: App, kind: Word, draft: Values) => HTMLElement;

export const PIECES: Readonly<Record<Part, Make>> = {
  count: (app, kind) => stepper(app, kind === "VISIT" ? "count" : "came"),
  names,
  reached: (app) =>
    field(
      app.say("reachedHow"),
      element("input", { name: "reached", inputmode: "numeric", maxlength: "7" }),
    ),
  part: (app, kind) =>
    chips(
      "kind",
      app.say(kind === "OPERATION" ? "part" : "where"),
      (PARTS[kind] ?? []).map((code) => [code, app.say(code)]),
    ),
  item: (app, _kind, draft) => picker(app, draft.item ?? ""),
  condition: (app, _kind, draft) => picker(app, draft.item ?? "", "CONDITION"),
  with_whom: (app) =>
    field(app.say("withWhom"), element("input", { name: "with_whom", maxlength: "120" })),
  outcome: (app, kind) => ofWords(app, "outcome", "outcomes", outcomeOf(kind)),
  group: (app) => ofWords(app, "group", "groups"),
  sex: (app) => ofWords(app, "sex", "sexes"),
  age: (app) => ofWords(app, "age", "ages"),
  where: (app, _kind, draft) => where(app, draft),
  said_by: (app) => ofWords(app, "said_by", "speakers"),
  text: (app) =>
    field(
      app.say("theirWords"),
      element("textarea", { name: "text", rows: "4", maxlength: "600" }),
    ),
  satisfied: (app) => ofWords(app, "satisfied", "satisfactions"),
  may_be_quoted: (app) =>
    element(
      "label",
      { class: "check" },
      element("input", { type: "checkbox", name: "may_be_quoted", value: "yes" }),
      app.say("mayBeQuoted"),
    ),
};

type List = keyof NonNullable<App["reference"]>["words"];

/** Sight comes back by an operation, or to somebody who was admitted for one. */
function outcomeOf(kind: Word): (code: string) => boolean {
  return (code) => code !== "SIGHT_RESTORED" || kind === "OPERATION" || kind === "ADMISSION";
}

function ofWords(
  app: App,
  name: Word & string,
  list: List,
  fits: (code: string) => boolean = () => true,
): HTMLElement {
  const words = Object.entries(app.reference?.words[list] ?? {}).filter(([code]) => fits(code));
  return chips(
    name,
    app.say(name),
    words.map(([code, names]) => [code, app.name(names)]),
  );
}

/** Visits begin at one; of how many came nothing is known before it is said. */
function stepper(app: App, label: Word): HTMLElement {
  const input = element("input", {
    name: "count",
    type: "number",
    inputmode: "numeric",
    min: "1",
    max: "5000",
    value: label === "count" ? "1" : "",
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

/** Who signed up, a name a line; as many came as there are names. */
function names(app: App, _kind: Word, draft: Values): HTMLElement {
  const text = element("textarea", { name: "attendees", rows: "5" });
  const made = element(
    "details",
    {},
    element("summary", {}, app.say("signUpList")),
    field(app.say("signUpHow"), text),
  );
  if (draft.attendees) made.open = true;
  text.addEventListener("input", () => {
    const came = text.form?.elements.namedItem("count");
    const many = namesIn(text.value).length;
    if (came instanceof HTMLInputElement) {
      came.readOnly = many > 0;
      if (many > 0) came.value = String(many);
    }
  });
  return made;
}

/** A hospital of the team, one of its other places, or any other as they call it. */
function where(app: App, draft: Values): HTMLElement {
  const mission = app.mission;
  const options: (readonly [string, string])[] = [
    ...(mission?.places ?? []).map((one) => [one.id, app.name(one.names)] as const),
    ...outsideOf(mission).map((one) => {
      const name = app.name(one.names);
      return [elsewhere(name), name] as const;
    }),
    [elsewhere(), app.say("anotherPlace")],
  ];
  const select = choose("organisation", options, draft.organisation ?? "");
  const place = field(
    app.say("placeName"),
    element("input", { name: "place", maxlength: "120", value: draft.place ?? "" }),
  );
  const show = (): void => {
    place.hidden = select.value !== elsewhere();
  };
  select.addEventListener("change", show);
  show();
  return element("div", {}, field(app.say("whereWas"), select), place);
}

export function choose(
  name: string,
  options: readonly (readonly [string, string])[],
  chosen: string,
): HTMLSelectElement {
  const made = element("select", { name });
  made.append(...options.map(([id, text]) => element("option", { value: id }, text)));
  if (options.some(([id]) => id === chosen)) made.value = chosen;
  return made;
}

export function day(app: App, draft: Values): HTMLElement {
  const today = todayOf(app);
  const input = element("input", { name: "held_on", type: "date", required: "" });
  input.value = draft.held_on ?? today;
  return field(today ? app.say("day") : app.say("clockOff"), input);
}

/** Which team, where somebody is of several. */
export function team(app: App): HTMLElement[] {
  if (app.missions.length < 2) return [];
  const options = app.missions.map((one) => [one.id, app.name(one.names)] as const);
  const select = choose("team", options, app.mission?.id ?? "");
  select.addEventListener("change", () => {
    useTeam(app.store.name, select.value);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  });
  return [field(app.say("team"), select)];
}
