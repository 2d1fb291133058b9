import { monthId } from "../outbox/ids";
import type { Names } from "../outbox/store";
import { type Cells, type Month, monthOf } from "../see/month";
import { type App, dayOf } from "../shell/app";
import { type Child, element, field, head, saved } from "./parts";

type Texts = Readonly<Record<string, string>>;

/** What is being written in a month: cells that differ, and what stood in them then. */
interface Draft {
  readonly cells: Texts;
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
  const select = element(
    "select",
    {},
    ...months(app.now(), asked).map((m) => element("option", { value: m }, m)),
  );
  const where = element("select", {});
  where.append(...mission.places.map((p) => element("option", { value: p.id }, app.name(p.names))));
  const grid = element("div", { class: "grid" });
  const note = element("p", { role: "alert", class: "note" });
  const made = element("form", { novalidate: "" }, field(app.say("monthOf"), select));
  if (mission.places.length > 1) made.append(field(app.say("hospital"), where));
  made.append(
    element("p", { class: "soft" }, app.say("countsHow")),
    grid,
    note,
    element("button", { type: "submit", class: "main" }, app.say("save")),
  );
  let seen: Cells = {};
  let id = "";
  const show = async (): Promise<void> => {
    id = await monthId(where.value, mission.id, select.value);
    const held = await monthOf(app.store, id, mission.id, where.value, select.value);
    const draft = asDraft(await app.store.draft<Draft | Texts>(`count:${id}`));
    seen = { ...held.cells, ...draft.seen };
    grid.replaceChildren(
      ...Object.entries(app.reference?.words.kinds ?? {}).map(([kind, names]) => {
        const input = element("input", { name: kind, inputmode: "numeric", maxlength: "8" });
        input.value = draft.cells[kind] ?? textOf(seen[kind]);
        return field(labelOf(app, names, kind, held), input);
      }),
    );
  };
  select.addEventListener("change", () => void show());
  where.addEventListener("change", () => void show());
  grid.addEventListener("input", () => {
    void app.store.keepDraft(`count:${id}`, draftOf(textsOf(grid), seen)).catch(() => undefined);
  });
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    void save();
  });
  const save = async (): Promise<void> => {
    const cells = changed(textsOf(grid), seen);
    if (!cells) {
      note.textContent = app.say("wholeNumbers");
      return;
    }
    if (Object.keys(cells).length === 0) {
      note.textContent = app.say("nothingChanged");
      return;
    }
    const before = Object.fromEntries(Object.keys(cells).map((kind) => [kind, seen[kind] ?? null]));
    const data = { organisation: where.value, mission: mission.id, month: select.value, cells };
    const draft = `count:${id}`;
    try {
      await app.keep({ id, type: "count", kind: "set", data, before, month: select.value, draft });
      saved(app);
    } catch {
      note.textContent = app.say("notSaved");
    }
  };
  await show();
  return [title, made];
}

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

/** The month that is asked for first, then this one and the two before. */
function months(now: Date, asked: string): readonly string[] {
  const last = [0, 1, 2].map((ago) =>
    dayOf(new Date(now.getFullYear(), now.getMonth() - ago, 1)).slice(0, 7),
  );
  return [...new Set(/^\d{4}-\d\d$/.test(asked) ? [asked, ...last] : last)];
}

function textsOf(grid: HTMLElement): Record<string, string> {
  const told: Record<string, string> = {};
  for (const input of grid.querySelectorAll("input")) told[input.name] = input.value.trim();
  return told;
}

/** The cells that differ from what was seen; an empty one is unknown. Undefined: not a number. */
export function changed(texts: Texts, seen: Cells): Cells | undefined {
  const found: Record<string, number | null> = {};
  for (const [kind, text] of Object.entries(texts)) {
    if (text && !/^\d{1,8}$/.test(text)) return undefined;
    const value = text ? Number(text) : null;
    if (value !== (seen[kind] ?? null)) found[kind] = value;
  }
  return found;
}
