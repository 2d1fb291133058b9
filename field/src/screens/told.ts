/** The values of a record in words. */
import type { Change } from "../see/history";
import type { App } from "../shell/app";
import type { Word } from "../words/words";

/** Names of values that are shown, in this order, with their words. */
const SHOWN: Readonly<Record<string, Word>> = {
  held_on: "day",
  kind: "what",
  count: "howMany",
  reached: "reached",
  item: "item",
  with_whom: "withWhomShort",
  attendees: "signUpList",
  outcome: "outcome",
  said_by: "said_by",
  text: "theirWords",
  satisfied: "satisfied",
  may_be_quoted: "mayBeQuoted",
  group: "group",
  sex: "sex",
  age: "age",
  organisation: "hospital",
  place: "placeName",
  note: "note",
  reason: "why",
};
const LISTS = {
  kind: "kinds",
  outcome: "outcomes",
  group: "groups",
  sex: "sexes",
  age: "ages",
  said_by: "speakers",
  satisfied: "satisfactions",
} as const;

export function labelOf(app: App, name: string): string {
  const kinds = app.reference?.words.kinds;
  const word = SHOWN[name];
  return word ? app.say(word) : app.name(kinds?.[name]) || name;
}

export function inWords(app: App, name: string, value: unknown): string {
  if (value === undefined || value === null || value === "") return app.say("unknown");
  if (Array.isArray(value)) return value.join("; ");
  if (typeof value === "boolean") return app.say(value ? "yes" : "no");
  const text = String(value);
  const list = LISTS[name as keyof typeof LISTS];
  if (list) return app.name(app.reference?.words[list]?.[text]) || text;
  if (name === "item") {
    return app.name(app.reference?.items.find((one) => one.id === text)?.n) || app.say("notListed");
  }
  if (name === "organisation") {
    const places = app.missions.flatMap((mission) => mission.places);
    return app.name(places.find((one) => one.id === text)?.names) || app.say("notListed");
  }
  return text;
}

/** What is shown of a record: name and value, in the order of a form. */
export function pairsOf(
  app: App,
  data: Readonly<Record<string, unknown>>,
): readonly (readonly [string, string])[] {
  if (data.cells) {
    return Object.entries(data.cells).map(([kind, value]) => [
      labelOf(app, kind),
      inWords(app, "", value),
    ]);
  }
  return Object.keys(SHOWN)
    .filter((name) => data[name] !== undefined && data[name] !== "")
    .map((name) => [labelOf(app, name), inWords(app, name, data[name])]);
}

export function changeInWords(app: App, change: Change): string {
  const to = inWords(app, change.name, change.to);
  const from = change.from === undefined ? "" : `${inWords(app, change.name, change.from)} → `;
  return `${labelOf(app, change.name)}${app.say("colon")}${from}${to}`;
}

/** By name only who is in the team: of the office and of those who left it nobody is named. */
export function whoWrote(app: App, account: string): string {
  if (account && account === app.reference?.account) return app.say("myself");
  const people = app.reference?.team?.find((one) => one.mission === app.mission?.id)?.people;
  const mate = people?.find((one) => account && one.account === account);
  return mate ? app.name(mate.names) : app.say("somebodyElse");
}
