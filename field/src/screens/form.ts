/** One record: as few taps as its kind needs, the rest under "more". Kept as a draft at each change. */
import { asNeeded } from "../outbox/anew";
import { type App, type Shown, todayOf } from "../shell/app";
import type { Word } from "../words/words";
import { type Foot, foot, forgetsRefusal, refuse } from "./foot";
import { type Child, element, head, saved } from "./parts";
import { gonePictures, namesIn, pictured, pictures } from "./pictures";
import { day, type Part, PIECES, team } from "./pieces";
import { corrected, faultOf, OUTSIDE, REACHING, read, type Values, valuesFrom } from "./read";

type Parts = readonly [readonly Part[], readonly Part[]];

/** What is asked at once, and what stands under "more". */
const ASKS: Readonly<Record<string, Parts>> = {
  VISIT: [["count"], ["sex", "age", "condition", "where"]],
  OPERATION: [
    ["part", "item", "with_whom"],
    ["outcome", "group", "sex", "age"],
  ],
  RESCUE: [["outcome"], ["item", "with_whom", "group", "sex", "age"]],
  ADMISSION: [["item"], ["outcome", "group", "sex", "age"]],
  DELIVERY: [
    ["item", "outcome"],
    ["with_whom", "group", "age"],
  ],
  TRAINED: [["part", "count", "names", "item"], []],
  VOICE: [["said_by", "text", "may_be_quoted"], ["satisfied"]],
};
const OTHER: Parts = [["item", "with_whom"], ["group"]];
const TAUGHT: Parts = [["reached", "item", "with_whom"], ["group"]];
const THERE: Parts = [
  ["where", "reached"],
  ["item", "with_whom", "group"],
];

/** Of visits: a number of them, or one of which more is told. What is put right stays which it is. */
function asksOf(kind: Word, rec?: Shown): Parts {
  if (kind === "VISIT" && rec) {
    return rec.type === "visits" ? [["count"], []] : [["sex", "age", "condition"], []];
  }
  if (OUTSIDE.includes(kind)) return THERE;
  return ASKS[kind] ?? (REACHING.includes(kind) ? TAUGHT : OTHER);
}

/** A new record of a kind; or `rec`, put right. */
export async function form(app: App, kind: Word, rec?: Shown): Promise<readonly Child[]> {
  const name = rec ? `edit:${rec.id}` : kind;
  const held = await app.store.draft<Values>(name);
  const draft = held ?? (rec ? valuesFrom(rec) : {});
  const [first, more] = asksOf(kind, rec);
  const make = (part: Part): HTMLElement => PIECES[part](app, kind, draft);
  const made = element("form", { novalidate: "" });
  made.append(...first.map(make));
  const place = rec || kind === "VISIT" || kind === "VOICE" || first.includes("where");
  const where = place ? [] : [PIECES.where(app, kind, draft)];
  const rest = [...(rec ? [] : team(app)), ...where, day(app, draft)];
  const open = rec || !todayOf(app);
  if (kind === "VISIT" && !rec) {
    const how = element("p", { class: "soft" }, app.say("oneVisitHow"));
    made.append(folded(app, how, ...more.map(make)), ...rest);
  } else if (open) made.append(element("div", {}, ...more.map(make), ...rest));
  else made.append(folded(app, ...more.map(make), ...rest));
  if (!rec && kind !== "VISIT" && kind !== "VOICE")
    made.append(pictures(app, draft.pictures ?? ""));
  const end = foot(app.say("save"));
  made.append(end.stands);
  fill(made, draft);
  sightFirst(app, made);
  draftOn(app, made, name);
  forgetsRefusal(made, end);
  const go = (event: Event): void => {
    event.preventDefault();
    void save(app, made, kind, end, rec);
  };
  made.addEventListener("submit", go);
  end.button.addEventListener("click", go); // a weak phone takes 20 ms to make a submission of a touch
  return [head(app, `${rec ? `${app.say("correct")} · ` : ""}${app.say(kind)}`), made];
}

function folded(app: App, ...children: readonly Child[]): HTMLElement {
  return element("details", {}, element("summary", {}, app.say("moreOf")), ...children);
}

/** Of an operation on eyes the outcome is the point: it is asked at once. */
function sightFirst(app: App, made: HTMLFormElement): void {
  const outcome = made.querySelector("input[name=outcome]")?.closest("fieldset");
  const picked = made.querySelector<HTMLInputElement>("input[name=item]");
  const details = made.querySelector("details");
  if (!outcome || !picked || !details?.contains(outcome)) return;
  const show = (): void => {
    const item = app.reference?.items.find((one) => one.id === picked.value);
    if (item?.sp === "OPHTHALMOLOGY") details.before(outcome);
  };
  picked.addEventListener("change", show);
  show();
}

function valuesOf(made: HTMLFormElement): Values {
  const told: Values = {};
  for (const [name, value] of new FormData(made)) told[name] = String(value);
  return told;
}

function fill(made: HTMLFormElement, draft: Values): void {
  const details = [...made.querySelectorAll("details")].at(-1);
  for (const [name, value] of Object.entries(draft)) {
    const held = made.elements.namedItem(name);
    if (held instanceof HTMLInputElement && held.type === "checkbox") held.checked = value !== "";
    else if (held instanceof RadioNodeList || held instanceof HTMLInputElement) held.value = value;
    else if (held instanceof HTMLTextAreaElement) held.value = value;
    const more = value && !["count", "held_on", "organisation"].includes(name);
    if (more && details?.querySelector(`[name="${name}"]`)) details.open = true;
  }
}

let writing: Promise<void> = Promise.resolve();

/**
 * Each change is kept at once, the last where several wait. A form that was saved meanwhile writes
 * no draft any more: a save waits for none, for the base takes what was asked for in its order.
 */
function draftOn(app: App, made: HTMLFormElement, name: string): void {
  let waits = false;
  const open = (): boolean => !made.dataset.saved;
  const put = async (): Promise<void> => {
    waits = false;
    if (open()) await app.store.keepDraft(name, valuesOf(made), open);
  };
  const told = (): void => {
    if (!waits) made.dataset.draft = "kept"; // what reads the page can wait for it
  };
  const write = (): void => {
    made.dataset.draft = "waits";
    if (waits) return;
    waits = true;
    writing = writing.then(put).then(told, () => undefined);
  };
  made.addEventListener("input", write);
  made.addEventListener("change", write);
}

async function save(
  app: App,
  made: HTMLFormElement,
  kind: Word,
  end: Foot,
  rec?: Shown,
): Promise<void> {
  await pictured();
  const gone = await gonePictures(app, valuesOf(made).pictures);
  if (made.dataset.saved) return; // a double tap is one record
  const told = valuesOf(made);
  const said = rec ? corrected(app, told, kind, rec) : read(app, told, kind);
  if (typeof said === "string") return refuse(made, end, app.say(said), faultOf(said, told));
  if (searched(made)) return refuse(made, end, app.say("notChosen"), "item");
  if (gone) return refuse(made, end, gone.words, gone.among(made));
  made.dataset.saved = "yes";
  try {
    const { said: sent, pictures } = await asNeeded(app.store, said, rec?.data ?? {});
    await app.keep(sent, [...namesIn(told.pictures), ...pictures]);
    const { item } = said.data;
    if (item) setTimeout(() => void remember(app, String(item)).catch(() => undefined), AT_REST);
    saved(app, rec ? `rec/${rec.id}` : "");
  } catch {
    delete made.dataset.saved;
    made.dispatchEvent(new Event("change")); // the draft that the save made needless is needed
    refuse(made, end, app.say("notSaved"));
  }
}

/** Whether something was typed to find an item, and none was chosen. */
function searched(made: HTMLFormElement): boolean {
  const typed = made.querySelector<HTMLInputElement>(".picker input[type=search]");
  return Boolean(typed && !typed.hidden && typed.value.trim());
}

const AT_REST = 400; // ms after a record was kept: the next screen is drawn first

async function remember(app: App, item: string): Promise<void> {
  const recent = (await app.store.value<string[]>("recent")) ?? [];
  const fresh = [item, ...recent.filter((id) => id !== item)].slice(0, 20);
  await app.store.keepValue("recent", fresh);
}
