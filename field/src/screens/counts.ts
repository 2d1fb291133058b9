import { monthId } from "../outbox/ids";
import { told } from "../outbox/keep";
import { type App, dayOf } from "../shell/app";
import { type Child, element, field, head, saved } from "./parts";

type Cells = Readonly<Record<string, number | null>>;

/** A month's counts as on the paper form: only cells that changed are sent, with what was seen. */
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
    seen = ((await told(app.store, id))?.data.cells ?? {}) as Cells;
    const draft = (await app.store.draft<Record<string, string>>(`count:${id}`)) ?? {};
    grid.replaceChildren(
      ...Object.entries(app.reference?.words.kinds ?? {}).map(([kind, names]) => {
        const input = element("input", { name: kind, inputmode: "numeric", maxlength: "8" });
        input.value = draft[kind] ?? seen[kind]?.toString() ?? "";
        return field(app.name(names), input);
      }),
    );
  };
  select.addEventListener("change", () => void show());
  where.addEventListener("change", () => void show());
  grid.addEventListener("input", () => {
    void app.store.keepDraft(`count:${id}`, textsOf(grid)).catch(() => undefined);
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
export function changed(texts: Readonly<Record<string, string>>, seen: Cells): Cells | undefined {
  const found: Record<string, number | null> = {};
  for (const [kind, text] of Object.entries(texts)) {
    if (text && !/^\d{1,8}$/.test(text)) return undefined;
    const value = text ? Number(text) : null;
    if (value !== (seen[kind] ?? null)) found[kind] = value;
  }
  return found;
}
