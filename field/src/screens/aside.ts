/** What the office did not take: why, and what was written, to be read and written elsewhere. */
import { type Change, changesOf, type Line } from "../see/history";
import type { Otherwise } from "../see/month";
import type { App } from "../shell/app";
import type { Word } from "../words/words";
import { element } from "./parts";
import { changeInWords } from "./told";

const WHY: Readonly<Record<string, Word>> = {
  REFUSED: "whyValues",
  CLOSED: "whyClosed",
  REVOKED: "whyEnded",
  "NOT-ALLOWED": "whyNotAllowed",
  UNSEEN: "whyUnseen",
  OVERTAKEN: "whyOvertaken",
  "NOTHING-TOLD": "whyBare",
};

/** Why a line was set aside, in words; nothing where that was not told. */
export const whyAside = (why: string): Word | undefined =>
  why ? (WHY[why] ?? "whyUnread") : undefined;

/** Lines of a record that are told above it: what waits for a person; and what was left, where the
 * office took nothing of the record. Where it did, or chose of two values, the history tells it. */
export function toldAbove(all: readonly Line[]): readonly Line[] {
  const lines = all.filter((line) => line.type !== "file");
  const there = lines.some((line) => line.state === "on_server" || line.state === "conflict");
  const left = (line: Line): boolean => line.state === "stayed" && line.why !== "" && !there;
  return lines.filter((line) => line.state === "quarantined" || left(line));
}

/** The lines of a record that were not taken; what a new record says stands below already. */
export function notTaken(app: App, all: readonly Line[]): readonly HTMLElement[] {
  const lines = toldAbove(all);
  if (lines.length === 0) return [];
  const whys = new Set(lines.map((line) => whyAside(line.why)).filter((why) => why !== undefined));
  const values = valuesAside(app, lines);
  const list = element("ul", {}, ...values.map((text) => element("li", {}, text)));
  return [
    element(
      "section",
      { class: "alarm" },
      element("p", {}, app.say("asideHow")),
      ...[...whys].map((why) => element("p", {}, app.say(why))),
      ...(values.length ? [list] : []),
    ),
  ];
}

/** What this phone sent where two values parted and the office left the other: of each value that
 * stands otherwise, and that this phone did not write once more since. */
export function leftBeside(
  lines: readonly Line[],
  stands: Readonly<Record<string, unknown>>,
): readonly Change[] {
  return lines.flatMap((line, at) => {
    if (line.type === "file" || line.state !== "stayed" || line.why !== "") return [];
    const since = lines.slice(at + 1).flatMap(changesOf);
    return changesOf(line).filter(
      ({ name, to }) =>
        (stands[name] ?? "") !== (to ?? "") && !since.some((other) => other.name === name),
    );
  });
}

/** The same in words; what stands is told below. */
export function sentBeside(app: App, left: readonly Change[]): readonly HTMLElement[] {
  if (left.length === 0) return [];
  const told = left.map(({ name, to }) => changeInWords(app, { name, from: undefined, to }));
  const list = element("ul", {}, ...told.map((text) => element("li", {}, text)));
  return [element("section", { class: "note" }, element("p", {}, app.say("leftBeside")), list)];
}

/** Counts of ours in whose place something else stands, and whether the office put it there. */
export function putSince(app: App, all: readonly Otherwise[]): readonly HTMLElement[] {
  if (all.length === 0) return [];
  const told = sinceInWords(app, all).map((text) => element("li", {}, text));
  const list = element("ul", {}, ...told);
  return [element("section", { class: "note" }, element("p", {}, app.say("putSince")), list)];
}

export const sinceInWords = (app: App, all: readonly Otherwise[]): readonly string[] =>
  all.map(({ kind, ours, stands, office }) => {
    const change = changeInWords(app, { name: kind, from: ours, to: stands });
    return `${change} · ${app.say(office ? "byTheOffice" : "fromElsewhere")}`;
  });

/** Each value that was put right, or was written in a month, as it was sent. */
export function valuesAside(app: App, lines: readonly Line[]): readonly string[] {
  const sets = lines.filter((line) => line.kind === "set");
  return sets.flatMap(changesOf).map((one) => changeInWords(app, one));
}
