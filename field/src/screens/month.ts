import { type App, dayOf, type Shown } from "../shell/app";
import type { Word } from "../words/words";
import { button, type Child, element, field, head, inShort, partsOf, row, ticks } from "./parts";
import { picturesOf } from "./pictures";

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

/** One record: what it says, where it is; a mistake is voided with its reason. */
export async function one(app: App, id: string): Promise<readonly Child[]> {
  const held = await app.store.recs.get(id);
  const rec = held && (await app.recorded(held.month)).find((told) => told.id === id);
  if (!held || !rec) return [head(app, app.say("month"))];
  const parts: Child[] = [
    head(app, inShort(app, rec)),
    element("p", {}, ticks(app, rec), " ", app.say(rec.state)),
    element(
      "p",
      { class: "soft" },
      `${app.say("day")} ${String(rec.data.held_on ?? dayOf(new Date(rec.at)))}`,
    ),
  ];
  parts.push(...(await picturesOf(app, id)));
  if (!rec.gone && (rec.type === "visits" || rec.type === "record"))
    parts.push(mistake(app, rec, held.month));
  if (rec.gone) parts.push(element("p", {}, element("em", {}, app.say("voided"))));
  return parts;
}

function mistake(app: App, rec: Shown, month: string): HTMLElement {
  const reason = element("input", { maxlength: "200" });
  const go = async (): Promise<void> => {
    if (!reason.value.trim()) {
      reason.focus();
      return;
    }
    const data = { reason: reason.value.trim() };
    await app.keep({ id: rec.id, type: rec.type, kind: "void", data, month });
    app.told = app.say("saved");
    location.hash = "month";
  };
  return element(
    "details",
    {},
    element("summary", {}, app.say("mistake")),
    field(app.say("why"), reason),
    button(app.say("voidIt"), () => void go()),
  );
}
