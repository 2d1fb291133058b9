import { type App, dayOf } from "../shell/app";
import type { Word } from "../words/words";
import { type Child, element, head, partsOf, row } from "./parts";

/** What this phone recorded this month; what is void counts nothing. */
export async function month(app: App): Promise<readonly Child[]> {
  const now = dayOf(new Date()).slice(0, 7);
  const recs = await app.recorded(now);
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
    head(app, `${app.say("month")} · ${now}`),
    element("p", { class: "soft" }, app.say("onlyThisPhone")),
    sums.length
      ? element("dl", { class: "sums" }, ...sums)
      : element("p", {}, app.say("nothingYet")),
    element("p", {}, element("a", { href: "#counts", class: "link" }, app.say("counts"))),
    element("ul", { class: "log" }, ...recs.slice(0, 200).map((rec) => row(app, rec))),
  ];
}
