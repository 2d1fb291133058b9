import { READ_TO, type ReadTo } from "../outbox/push";
import { countedOf } from "../see/counted";
import { type Cell, dayOf as dayOfWork, type Held, heldOf, reachedBy } from "../see/team";
import { type App, dayOf } from "../shell/app";
import type { Word } from "../words/words";
import { many } from "./many";
import { type Child, element, head, inShort, partsOf, row } from "./parts";
import { REACHING } from "./read";
import { clock } from "./team";
import { inWords, labelOf, whoWrote } from "./told";

interface Work {
  readonly type: string;
  readonly data: Values;
  readonly gone?: boolean;
}
type Values = Readonly<Record<string, unknown>>;

const AT_ONCE = 200; // rows of a list

/** What this phone recorded in a month, `asked` or this one, and what the team has; what is void
 * counts nothing. */
export async function month(app: App, asked = ""): Promise<readonly Child[]> {
  const now = dayOf(app.now()).slice(0, 7);
  const shown = isMonth(asked) && asked < now ? asked : now;
  const recs = await app.recorded(shown);
  const { works, out } = await countedOf(app.store, recs);
  const held = app.mission && (await heldOf(app.store, app.mission.id));
  const months = [...(await app.months()), ...(held ? monthsOf(held) : [])];
  return [
    head(app, `${app.say(shown === now ? "month" : "monthOf")} · ${shown}`),
    ...turning(app, around([...months.filter((one) => one < now), now], shown)),
    element("p", { class: "soft" }, app.say("onlyThisPhone")),
    sums(app, works) ?? element("p", {}, app.say("nothingYet")),
    ...(out
      ? [element("p", { class: "note" }, `${app.say("notTaken")}${app.say("colon")}${out}`)]
      : []),
    element("p", {}, element("a", { href: `#counts/${shown}`, class: "link" }, app.say("counts"))),
    ...(await many(app, {
      name: `month/${shown}`,
      at: recs,
      row: (rec) => row(app, rec),
      atOnce: AT_ONCE,
    })),
    ...(held ? await ofTheTeam(app, held, shown) : []),
  ];
}

function monthsOf(held: Held): readonly string[] {
  return [...held.work.map((one) => dayOfWork(one).slice(0, 7)), ...held.cells.map((c) => c.month)];
}

/** How many of each kind, and how many people were reached; nothing where there is nothing. */
function sums(app: App, works: readonly Work[]): HTMLElement | undefined {
  const totals = new Map<Word, number>();
  for (const rec of works) {
    if (rec.gone || (rec.type !== "visits" && rec.type !== "record")) continue;
    const [group, part] =
      rec.type === "visits" ? ["VISIT" as Word] : partsOf(String(rec.data.kind));
    const word = (group === "OPERATION" && part) || group;
    totals.set(word, (totals.get(word) ?? 0) + Number(rec.data.count ?? 1));
  }
  const pairs = [...totals].map(([word, sum]): readonly [string, string] => [
    word.startsWith("OPERATION_") ? `${app.say("OPERATION")} · ${app.say(word)}` : app.say(word),
    String(sum),
  ]);
  return pairs.length ? listed([...pairs, ...peopleReached(app, works)]) : undefined;
}

/** Who was reached by work that tells nothing is unknown: no nought stands for them. */
function peopleReached(app: App, works: readonly Work[]): readonly (readonly [string, string])[] {
  const { people, told, untold } = reachedBy(works, REACHING);
  if (!told && !untold) return [];
  const more = told && untold ? ` (${untold} ${app.say("notTold")})` : "";
  return [[`${app.say("reached")}${more}`, told ? String(people) : app.say("unknown")]];
}

function listed(pairs: readonly (readonly [string, string])[]): HTMLElement {
  const made = pairs.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value)),
  );
  return element("dl", { class: "sums" }, ...made);
}

/** What has arrived of the whole team: its sums, its month's counts, and what others recorded. */
async function ofTheTeam(app: App, held: Held, shown: string): Promise<readonly Child[]> {
  const work = held.work.filter((one) => dayOfWork(one).startsWith(shown));
  const cells = held.cells.filter((cell) => cell.month === shown);
  if (!work.length && !cells.length) return [];
  const ours = new Set(await app.store.recs.toCollection().primaryKeys());
  const others = work.filter((one) => !ours.has(one.id));
  const told = (await app.store.meta.get(READ_TO))?.value as ReadTo | undefined;
  const asOf = told ? ` ${clock(app, app.noted(told.at).toISOString())}` : "";
  const all = sums(app, work);
  return [
    element(
      "section",
      { id: "whole-team" },
      element("h2", {}, app.say("wholeTeamHas")),
      element("p", { class: "soft" }, `${app.say("arrivedOfAll")}${asOf}`),
      ...(all ? [all] : []),
      ...countsOf(app, cells),
      ...(await many(app, {
        name: `team/${shown}`,
        at: others,
        row: (one) => mates(app, one),
        atOnce: AT_ONCE,
      })),
    ),
  ];
}

/** The month's counts as they stand; of several hospitals each has its own. */
function countsOf(app: App, cells: readonly Cell[]): readonly Child[] {
  const places = [...new Set(cells.map((cell) => cell.organisation))];
  return places.flatMap((place) => {
    const here = cells.filter((cell) => cell.organisation === place);
    const name = places.length > 1 ? ` · ${inWords(app, "organisation", place)}` : "";
    const pairs = here.map((cell): readonly [string, string] => [
      cell.contested
        ? `${labelOf(app, cell.kind)} · ${app.say("contested")}`
        : labelOf(app, cell.kind),
      String(cell.value),
    ]);
    return [element("h3", {}, `${app.say("counts")}${name}`), listed(pairs)];
  });
}

/** A record of somebody else: what, who, on which day. */
function mates(app: App, work: Held["work"][number]): HTMLLIElement {
  const text = element("span", {}, inShort(app, work));
  if (work.gone) text.append(" ", element("em", {}, app.say("voided")));
  text.append(element("small", {}, `${whoWrote(app, work.by)} · ${dayOfWork(work)}`));
  return element("li", { class: "pair" }, text);
}

const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** The months of which this phone holds something that stand before and after one. */
export function around(
  months: readonly string[],
  shown: string,
): readonly [string | undefined, string | undefined] {
  const held = [...new Set(months)].filter(isMonth).sort();
  return [held.filter((one) => one < shown).at(-1), held.find((one) => one > shown)];
}

function turning(
  app: App,
  [before, after]: readonly [string | undefined, string | undefined],
): readonly HTMLElement[] {
  if (!before && !after) return [];
  const link = (to: string, text: string, word: Word): HTMLElement =>
    element(
      "a",
      { href: `#month/${to}`, class: "link", "aria-label": `${app.say(word)} ${to}` },
      text,
    );
  return [
    element(
      "nav",
      { class: "turning", "aria-label": app.say("otherMonths") },
      ...(before ? [link(before, `‹ ${before}`, "earlier")] : []),
      ...(after ? [link(after, `${after} ›`, "later")] : []),
    ),
  ];
}
