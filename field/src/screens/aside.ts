/** What the office did not take: why, and what was written, to be read and written elsewhere. */
import { changesOf, type Line } from "../see/history";
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

/** Each value that was put right, or was written in a month, as it was sent. */
export function valuesAside(app: App, lines: readonly Line[]): readonly string[] {
  const sets = lines.filter((line) => line.kind === "set");
  return sets.flatMap(changesOf).map((one) => changeInWords(app, one));
}
