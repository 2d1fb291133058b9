import { type App, dayOf } from "../shell/app";
import type { Word } from "../words/words";
import { type Child, element, head, partsOf, row } from "./parts";

/** What this phone recorded in a month, `asked` or this one; what is void counts nothing. */
export async function month(app: App, asked = ""): Promise<readonly Child[]> {
  const now = dayOf(app.now()).slice(0, 7);
  const shown = isMonth(asked) && asked < now ? asked : now;
  const recs = await app.recorded(shown);
  const months = await app.months();
  const totals = new Map<Word, number>();
  for (const rec of recs) {
    if (rec.gone || (rec.type !== "visits" && rec.type !== "record")) continue;
    const [group, part] =
      rec.type === "visits" ? ["VISIT" as Word] : partsOf(String(rec.data.kind));
    const word = (group === "OPERATION" && part) || group;
    totals.set(word, (totals.get(word) ?? 0) + Number(rec.data.count ?? 1));
  }
  const sums = [...totals].map(([word, sum]) =>
    element(
      "div",
      {},
      element(
        "dt",
        {},
        word.startsWith("OPERATION_")
          ? `${app.say("OPERATION")} · ${app.say(word)}`
          : app.say(word),
      ),
      element("dd", {}, String(sum)),
    ),
  );
  return [
    head(app, `${app.say(shown === now ? "month" : "monthOf")} · ${shown}`),
    ...turning(app, around([...months.filter((one) => one < now), now], shown)),
    element("p", { class: "soft" }, app.say("onlyThisPhone")),
    sums.length
      ? element("dl", { class: "sums" }, ...sums)
      : element("p", {}, app.say("nothingYet")),
    element("p", {}, element("a", { href: `#counts/${shown}`, class: "link" }, app.say("counts"))),
    element("ul", { class: "log" }, ...recs.slice(0, 200).map((rec) => row(app, rec))),
  ];
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
