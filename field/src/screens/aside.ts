/** What the office did not take: why, and what was written, to be read and written elsewhere. */
import { isAside } from "../see/counted";
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

/** Of two values that parted, somebody chose: nothing is amiss any more, and the history tells it. */
const isChosen = (line: Line): boolean => line.state === "stayed" && line.why === "";

/** The lines of a record that were not taken; what a new record says stands below already. */
export function notTaken(app: App, all: readonly Line[]): readonly HTMLElement[] {
  const aside = all.filter((line) => line.type !== "file" && isAside(line));
  const lines = aside.filter((line) => !isChosen(line));
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
