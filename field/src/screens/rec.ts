/** One record: what it says, where it is, what was corrected; a mistake is voided with its reason. */
import { type Change, changesOf, type Line, linesOf } from "../see/history";
import { type Cells, type Month, monthOf, otherwise } from "../see/month";
import type { App, Shown } from "../shell/app";
import { leftBeside, notTaken, putSince, sentBeside } from "./aside";
import { form } from "./form";
import { button, type Child, element, field, head, inShort, kindOf, ticks } from "./parts";
import { picturesOf } from "./pictures";
import { whyWrong } from "./read";
import { lines as signedLines, signedOf } from "./sign";
import { changeInWords, pairsOf, whoWrote } from "./told";

export async function one(app: App, id: string): Promise<readonly Child[]> {
  const rec = await app.one(id);
  if (!rec) return [head(app, app.say("month"))];
  const lines = await linesOf(app.store, id);
  const parted = lines.filter((line) => line.state === "conflict");
  const month = rec.type === "count" ? await monthHere(app, rec) : undefined;
  const parts: Child[] = [
    head(app, inShort(app, rec)),
    element("p", {}, ticks(app, rec), " ", app.say(rec.state)),
  ];
  const signed = rec.type === "signature" ? signedOf(app, rec) : undefined;
  if (signed) parts.push(...signedLines(app, signed));
  parts.push(...notTaken(app, lines));
  const here = month?.told ? asItStands(rec, month) : rec.data;
  parts.push(...sentBeside(app, leftBeside(lines, (here.cells ?? here) as Cells)));
  if (month) parts.push(...putSince(app, otherwise(lines, month)));
  parts.push(...(await picturesOf(app, id, lines)));
  if (rec.gone)
    parts.push(element("p", {}, element("em", {}, app.say("voided")), ...why(app, rec, lines)));
  if (parted.length) parts.push(inConflict(app, disputed(parted, await parting(app, rec, month))));
  parts.push(
    element(
      "dl",
      { class: "pairs" },
      ...pairsOf(app, here).flatMap(([name, value]) => [
        element("dt", {}, name),
        element("dd", {}, value),
      ]),
    ),
  );
  const closed = rec.type === "count" ? app.closed(id) : "";
  if (closed) parts.push(element("p", { class: "note" }, closed));
  if (!rec.gone && !closed && CORRECTED.includes(rec.type)) {
    const href = rec.type === "count" ? `#counts/${rec.data.month}` : `#edit/${id}`;
    parts.push(element("p", {}, element("a", { href, class: "link act" }, app.say("correct"))));
  }
  const voids = VOIDED.includes(rec.type) && !isQuestion(rec);
  if (!rec.gone && !closed && voids) parts.push(mistake(app, rec));
  if (lines.length > 1) parts.push(...history(app, lines));
  return parts;
}

const CORRECTED: readonly string[] = ["visits", "record", "count"];

const VOIDED: readonly string[] = [...CORRECTED, "message"];
const isQuestion = (rec: Shown): boolean => rec.type === "message" && rec.data.of !== "voice";

/** What somebody else voided, or we elsewhere, is told with who did and why; ours is in the history. */
export function why(
  app: App,
  { voided }: Pick<Shown, "voided">,
  lines: readonly Line[],
): readonly Child[] {
  if (!voided || lines.some((line) => line.kind === "void" && line.state === "on_server"))
    return [];
  if (!voided.why) return [` · ${app.say("takenBack")}`];
  return [` · ${whoWrote(app, voided.by)}${app.say("colon")}${voided.why}`];
}

/** The cells that this record wrote, with what stands in them: another phone or the office may have
 * written them since. */
export function asItStands(rec: Pick<Shown, "data">, month: Month): Shown["data"] {
  const kinds = Object.keys((rec.data.cells ?? {}) as Cells);
  const cells = Object.fromEntries(kinds.map((kind) => [kind, month.cells[kind] ?? null]));
  return { ...rec.data, cells };
}

/** Whether a value that we sent parts from what is here: of a month a cell that two wrote, else what
 * the server told last. Lists go together, and are in no dispute. */
async function parting(
  app: App,
  rec: Shown,
  month: Month | undefined,
): Promise<(one: Change) => boolean> {
  if (month) return ({ name }) => month.contested.includes(name);
  const row = await app.store.seen.get(rec.id);
  const here = row ? JSON.parse(await app.store.reveal(`seen:${rec.id}`, row.c)).d : {};
  return ({ name, to }) => !Array.isArray(to) && (here[name] ?? "") !== (to ?? "");
}

/** What of our lines is disputed; all of it, where nothing was told yet. */
export function disputed(
  lines: readonly Line[],
  parts: (one: Change) => boolean,
): readonly Change[] {
  const sent = lines.flatMap((line) => changesOf(line));
  const parted = sent.filter(parts);
  return parted.length ? parted : sent;
}

/** What the phone sent and somebody else wrote otherwise: neither is called right here. */
function inConflict(app: App, sent: readonly Change[]): HTMLElement {
  const values = sent.map((one) => changeInWords(app, one));
  return element(
    "section",
    { class: "alarm" },
    element("p", {}, app.say("inConflict")),
    element("ul", {}, ...values.map((text) => element("li", {}, text))),
  );
}

function history(app: App, lines: readonly Line[]): readonly HTMLElement[] {
  const lang = { en: "en-GB", zh: "zh-CN", fr: "fr" }[app.tongue];
  const when = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
  const row = (line: Line): HTMLElement =>
    element(
      "li",
      {},
      element("small", {}, `${when.format(new Date(line.at))} · ${app.say(line.state)}`),
      element("span", {}, lineInWords(app, line)),
    );
  const rows = [...lines].reverse().map(row);
  return [element("h2", {}, app.say("history")), element("ul", { class: "told" }, ...rows)];
}

/** What a line did, and with what: "corrected: Visits: 8 → 9". */
export function lineInWords(app: App, line: Line): string {
  const done = { create: "recordedIt", void: "voidedIt" } as const;
  const word = done[line.kind as keyof typeof done] ?? "correctedIt";
  const what = app.say(line.type === "file" ? "pictureAdded" : word);
  const told = line.kind === "set" ? changesOf(line).map((one) => changeInWords(app, one)) : [];
  if (line.data.reason) told.push(String(line.data.reason));
  return [what, told.join("; ")].filter(Boolean).join(app.say("colon"));
}

function mistake(app: App, rec: Shown): HTMLElement {
  const reason = element("input", { maxlength: "200" });
  const trouble = element("p", { role: "alert", class: "note" });
  let voiding = false; // two taps are one line
  const go = async (): Promise<void> => {
    if (voiding) return;
    const wrong = whyWrong(reason.value);
    if (wrong) {
      trouble.textContent = app.say(wrong);
      reason.focus();
      return;
    }
    voiding = true;
    try {
      const why = reason.value.trim();
      const count = rec.type === "count";
      await app.keep(
        count ? emptied(rec, (await monthHere(app, rec)).cells, why) : voided(rec, why),
      );
      app.told = app.say("saved");
      location.hash = "month";
    } catch {
      voiding = false;
      trouble.textContent = app.say("notSaved");
    }
  };
  return element(
    "details",
    {},
    element("summary", {}, app.say("mistake")),
    rec.type === "count" ? element("p", { class: "soft" }, app.say("monthEmptied")) : "",
    field(app.say("why"), reason),
    trouble,
    button(app.say("voidIt"), () => void go()),
  );
}

function voided(rec: Shown, reason: string) {
  const of = rec.data.of ? { of: rec.data.of } : {};
  const month = String(rec.data.held_on ?? rec.at).slice(0, 7);
  return { id: rec.id, type: rec.type, kind: "void" as const, data: { ...of, reason }, month };
}

/** A month as it stands, whichever phone wrote in it. */
async function monthHere(app: App, { id, data }: Shown): Promise<Month> {
  const [mission = "", place = "", month = ""] = [data.mission, data.organisation, data.month].map(
    String,
  );
  return monthOf(app.store, id, mission, place, month);
}

/** A month that was a mistake: each cell that stands in it is unknown again, and tells what was
 * seen of it. */
export function emptied(rec: Shown, stands: Cells, reason: string) {
  const known = Object.entries(stands).filter(([, value]) => value !== null);
  const { organisation, mission, month } = rec.data;
  const cells = Object.fromEntries(known.map(([kind]) => [kind, null]));
  const data = { organisation, mission, month, cells, reason };
  const seen = Object.fromEntries(known);
  return {
    id: rec.id,
    type: rec.type,
    kind: "set" as const,
    data,
    before: seen,
    month: String(month),
  };
}

/** The form that puts a record right. */
export async function edit(app: App, id: string): Promise<readonly Child[]> {
  const rec = await app.one(id);
  if (!rec || rec.gone) return one(app, id);
  return form(app, kindOf(rec), rec);
}
