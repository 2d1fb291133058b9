import { monthId } from "../outbox/ids";
import type { Names } from "../outbox/store";
import { linesOf } from "../see/history";
import { type Cells, type Month, monthOf, otherwise } from "../see/month";
import { type App, dayOf } from "../shell/app";
import { putSince } from "./aside";
import { foot } from "./foot";
import { type Child, element, field, head, saved } from "./parts";

/** A count of more digits the server takes for a slip of the hand, and sets the whole save aside. */
const DIGITS = 7;

type Texts = Readonly<Record<string, string>>;

/** What is being written in a month: cells that differ, and what stood in them then. */
interface Draft {
  readonly cells: Texts;
  readonly seen: Cells;
}

/** The month that stands on the screen: whose it is, and what its cells held when they were drawn. */
interface Drawn {
  readonly id: string;
  readonly place: string;
  readonly month: string;
  readonly seen: Cells;
}

/**
 * A month's counts as on the paper form. It begins with what the server holds, whoever wrote it;
 * only cells that changed are sent, with what was seen.
 */
export async function counts(app: App, asked = ""): Promise<readonly Child[]> {
  const mission = app.mission;
  const place = mission?.places[0];
  const title = head(app, app.say("counts"));
  if (!mission || !place) return [title, element("p", {}, app.say("noPlace"))];
  const offered = months(app.now(), asked, mission.since);
  if (offered.length === 0) return [title, element("p", {}, app.say("noMonthYet"))];
  const select = element("select", {});
  select.append(...offered.map((m) => element("option", { value: m }, m)));
  const where = element("select", {});
  where.append(...mission.places.map((p) => element("option", { value: p.id }, app.name(p.names))));
  const grid = element("div", { class: "grid" });
  const made = element("form", { novalidate: "" }, field(app.say("monthOf"), select));
  if (mission.places.length > 1) made.append(field(app.say("hospital"), where));
  const closed = element("p", { role: "status", class: "note" });
  const { stands, note } = foot(app.say("save"));
  const how = element("p", { class: "soft" }, app.say("countsHow"));
  const since = element("div", {});
  made.append(closed, how, since, grid, stands);
  let drawn: Drawn | undefined;
  let turn = 0;
  const show = async (): Promise<void> => {
    turn += 1;
    const mine = turn;
    const [at, month] = [where.value, select.value];
    const id = await monthId(at, mission.id, month);
    const held = await monthOf(app.store, id, mission.id, at, month);
    const draft = asDraft(await app.store.draft<Draft | Texts>(`count:${id}`));
    const lines = await linesOf(app.store, id);
    if (mine !== turn) return; // another month was chosen meanwhile
    const seen = { ...held.cells, ...draft.seen };
    drawn = { id, place: at, month, seen };
    note.textContent = "";
    const byOffice = otherwise(lines, held).filter((one) => one.office); // mates write in it daily
    since.replaceChildren(...putSince(app, byOffice));
    closed.textContent = app.closed(id);
    stands.hidden = closed.textContent !== "";
    grid.replaceChildren(
      ...Object.entries(app.reference?.words.kinds ?? {}).map(([kind, names]) =>
        cell(labelOf(app, names, kind, held), kind, draft.cells[kind] ?? textOf(seen[kind])),
      ),
    );
    for (const input of grid.querySelectorAll("input")) input.readOnly = stands.hidden;
  };
  select.addEventListener("change", () => void show());
  where.addEventListener("change", () => void show());
  grid.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement) unmark(event.target);
    if (!drawn) return;
    const { id, seen } = drawn;
    void app.store.keepDraft(`count:${id}`, draftOf(textsOf(grid), seen)).catch(() => undefined);
  });
  let keeping = false; // two taps are one save
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    if (keeping) return;
    keeping = true;
    void save().then((kept) => {
      keeping = kept; // what was kept leaves the screen
    });
  });
  /** What stands on the screen is kept, as the month that it was drawn for. */
  const save = async (): Promise<boolean> => {
    if (!drawn) return false;
    const { id, seen, month } = drawn;
    if (app.closed(id)) {
      await show(); // it was closed meanwhile, and the lists tell it now
      return false;
    }
    const { cells, wrong } = changed(textsOf(grid), seen);
    if (wrong.length > 0) {
      note.textContent = app.say("cellsWrong");
      mark(grid, wrong, app.say("wholeNumbers"));
      return false;
    }
    if (Object.keys(cells).length === 0) {
      note.textContent = app.say("nothingChanged");
      return false;
    }
    const before = Object.fromEntries(Object.keys(cells).map((kind) => [kind, seen[kind] ?? null]));
    const data = { organisation: drawn.place, mission: mission.id, month, cells };
    const draft = `count:${id}`;
    try {
      await app.keep({ id, type: "count", kind: "set", data, before, month, draft });
      saved(app);
      return true;
    } catch {
      note.textContent = app.say("notSaved");
      return false;
    }
  };
  await show();
  return [title, made];
}

/** One kind with its number, and room for what is wrong with it. */
function cell(label: string, kind: string, text: string): HTMLElement {
  const digits = String(DIGITS);
  const input = element("input", { name: kind, inputmode: "numeric", maxlength: digits });
  input.value = text;
  const wrong = element("small", { class: "wrong", id: `wrong-${kind}` });
  return element("div", {}, field(label, input), wrong);
}

/** Say at each of these cells what is wrong; the first is gone to. */
function mark(grid: HTMLElement, wrong: readonly string[], words: string): void {
  const inputs = [...grid.querySelectorAll("input")].filter((one) => wrong.includes(one.name));
  for (const input of inputs) {
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `wrong-${input.name}`);
    told(input)?.replaceChildren(words);
  }
  inputs[0]?.focus({ preventScroll: true });
  inputs[0]?.scrollIntoView({ block: "center" }); // the foot never lies on it
}

function unmark(input: HTMLInputElement): void {
  input.removeAttribute("aria-invalid");
  input.removeAttribute("aria-describedby");
  told(input)?.replaceChildren();
}

const told = (input: HTMLInputElement): Element | null | undefined =>
  input.closest("label")?.nextElementSibling;

function labelOf(app: App, names: Names, kind: string, held: Month): string {
  const name = app.name(names);
  return held.contested.includes(kind) ? `${name} · ${app.say("contested")}` : name;
}

const textOf = (value: number | null | undefined): string => value?.toString() ?? "";

/** Until this form a draft held each cell's text, also of those that were left alone. */
export function asDraft(told: Draft | Texts | undefined): Draft {
  if (told && "seen" in told) return told as Draft;
  const cells = Object.entries(told ?? {}).filter(([, text]) => text !== "");
  return { cells: Object.fromEntries(cells) as Texts, seen: {} };
}

/** Cells that were left alone are no draft: what others write in them meanwhile shows. */
export function draftOf(texts: Texts, seen: Cells): Draft {
  const cells = Object.entries(texts).filter(([kind, text]) => text !== textOf(seen[kind]));
  const before = cells.map(([kind]) => [kind, seen[kind] ?? null]);
  return { cells: Object.fromEntries(cells), seen: Object.fromEntries(before) };
}

/** The month that is asked for first, then this one and the two before; none that was over before
 * the team was there. */
export function months(now: Date, asked: string, since = ""): readonly string[] {
  const last = [0, 1, 2].map((ago) =>
    dayOf(new Date(now.getFullYear(), now.getMonth() - ago, 1)).slice(0, 7),
  );
  const all = new Set(/^\d{4}-\d\d$/.test(asked) ? [asked, ...last] : last);
  return [...all].filter((month) => month >= since.slice(0, 7));
}

function textsOf(grid: HTMLElement): Record<string, string> {
  const told: Record<string, string> = {};
  for (const input of grid.querySelectorAll("input")) told[input.name] = input.value.trim();
  return told;
}

/**
 * The cells that somebody changed; an empty one is unknown. `wrong` are those of them that hold no
 * whole number. What stands in a cell that was left alone is not judged: the office writes
 * estimates too.
 */
export function changed(
  texts: Texts,
  seen: Cells,
): { readonly cells: Cells; readonly wrong: readonly string[] } {
  const cells: Record<string, number | null> = {};
  const wrong: string[] = [];
  for (const [kind, text] of Object.entries(texts)) {
    if (text === textOf(seen[kind])) continue;
    if (text && (text.length > DIGITS || !/^\d+$/.test(text))) {
      wrong.push(kind);
      continue;
    }
    const value = text ? Number(text) : null;
    if (value !== (seen[kind] ?? null)) cells[kind] = value;
  }
  return { cells, wrong };
}
