/** Ask a specialist at home, and read what they answered. Never a patient's name. */
import { freshId } from "../outbox/ids";
import { numberInReference, whoIsTold } from "../see/cases";
import { nameOf } from "../see/find";
import { nameIn } from "../see/privacy";
import { type Answered, type App, type Asked, dayOf } from "../shell/app";
import type { Tongue, Word } from "../words/words";
import { type Foot, foot, forgetsRefusal, refuse } from "./foot";
import { type Child, chips, element, field, head } from "./parts";
import { gonePictures, namesIn, pictured, pictures } from "./pictures";
import { choose } from "./pieces";

const DRAFT = "ASK";
type Values = Record<string, string>;
const NEEDED: readonly (readonly [string, Word])[] = [
  ["specialty", "chooseSpecialty"],
  ["story", "tellCase"],
  ["question", "tellCase"],
  ["consent_by", "sayConsent"],
  ["consent_how", "sayConsent"],
];

/** What was asked, what was answered, and a new question. */
export async function ask(app: App): Promise<readonly Child[]> {
  const fresh = await unread(app);
  const cases = app.reference?.asked ?? [];
  const waiting = (await queued(app)).filter((one) => !cases.some((known) => known.id === one.id));
  return [
    head(app, app.say("ask")),
    element("p", {}, element("a", { href: "#ask/new", class: "button do" }, app.say("askNew"))),
    ...(cases.length || waiting.length
      ? [
          element(
            "ul",
            { class: "log" },
            ...waiting.map((one) => line(`#rec/${one.id}`, one.text, app.say("queued"), "✓")),
            ...cases.map((one) => caseLine(app, one, fresh.includes(one.id))),
          ),
        ]
      : [element("p", { class: "soft" }, app.say("nothingAsked"))]),
  ];
}

function caseLine(app: App, one: Asked, fresh: boolean): HTMLElement {
  const state = fresh ? app.say("newAnswer") : app.name(one.states);
  return line(`#ask/${one.id}`, `${one.number} · ${one.question}`, state, fresh ? "●" : "›");
}

function line(href: string, text: string, small: string, sign: string): HTMLElement {
  return element(
    "li",
    {},
    element(
      "a",
      { href },
      element("span", {}, text, element("small", {}, small)),
      element("span", { class: "ticks", "aria-hidden": "true" }, sign),
    ),
  );
}

/** Questions of this phone that the server did not tell of yet. */
async function queued(app: App): Promise<readonly { id: string; text: string }[]> {
  const now = app.now();
  const last = new Date(now.getFullYear(), now.getMonth() - 1, 1);
  const months = [now, last].map((day) => dayOf(day).slice(0, 7));
  const recs = (await Promise.all(months.map((month) => app.recorded(month)))).flat();
  return recs
    .filter((rec) => rec.type === "message" && rec.data.of === "consult")
    .map((rec) => ({ id: rec.id, text: String(rec.data.question) }));
}

/** Cases with an answer that was not opened on this phone. */
export async function unread(app: App): Promise<readonly string[]> {
  return unreadOf(app, (await app.store.value<Record<string, number>>("read")) ?? {});
}

/** The same, where `seen` tells how many answers of each were opened. */
export function unreadOf(app: App, seen: Readonly<Record<string, number>>): readonly string[] {
  const cases = app.reference?.asked ?? [];
  return cases.filter((one) => one.answers.length > (seen[one.id] ?? 0)).map((one) => one.id);
}

/** One case with its answers. */
export async function answer(app: App, id: string): Promise<readonly Child[]> {
  const one = app.reference?.asked?.find((known) => known.id === id);
  if (!one) return ask(app);
  const when = new Intl.DateTimeFormat({ en: "en-GB", zh: "zh-CN", fr: "fr" }[app.tongue], {
    dateStyle: "medium",
    timeStyle: "short",
  });
  const due = one.answer_by
    ? ` · ${app.say("answerBy")} ${when.format(new Date(one.answer_by))}`
    : "";
  return [
    head(app, `${app.say("case")} ${one.number}`),
    element("p", { class: "soft" }, `${app.name(one.states)}${one.answers.length ? "" : due}`),
    element("p", { class: "question" }, one.question),
    ...one.answers.map((told) =>
      element(
        "section",
        { class: "card", "data-case": one.id },
        element("p", { class: "prose" }, told.text),
        element(
          "p",
          { class: "soft" },
          `${whoAnswered(told, app.tongue)} · ${when.format(new Date(told.at))}`,
        ),
      ),
    ),
    ...(one.answers.length ? [] : [element("p", {}, app.say("noAnswer"))]),
  ];
}

/** Who signed an answer, as they are called in the reader's language. */
export const whoAnswered = ({ who, names = {} }: Answered, tongue: Tongue): string =>
  nameOf(names, tongue) || who;

const noting = new Set<string>();

/** The answers that stand on the screen are read, where somebody looks at it. The server is told:
 * it is a patient's story. On a full phone they are read all the same, and told another time. */
export async function noteRead(app: App, screen: HTMLElement): Promise<void> {
  if (document.visibilityState !== "visible") return;
  const answers = [...screen.querySelectorAll<HTMLElement>("[data-case]")];
  const id = answers[0]?.dataset.case;
  if (!id || noting.has(id)) return; // one opening is one line, though it may be drawn twice meanwhile
  noting.add(id);
  await keepRead(app, id, answers.length)
    .catch(() => undefined)
    .finally(() => noting.delete(id));
}

async function keepRead(app: App, id: string, answers: number): Promise<void> {
  const seen = (await app.store.value<Record<string, number>>("read")) ?? {};
  if (answers <= (seen[id] ?? 0)) return;
  const now = new Date();
  const data = { of: "reading", consult: id };
  const month = dayOf(app.now()).slice(0, 7);
  await app.noteDown({ id: freshId(now), type: "message", kind: "create", data, month });
  await app.store.keepValue("read", { ...seen, [id]: answers });
}

/** A question: urgency, specialty, the case in a few lines, who agreed. */
export async function question(app: App): Promise<readonly Child[]> {
  const words = app.reference?.consults;
  const place = app.mission?.places[0];
  const title = head(app, app.say("askNew"));
  if (!words || !place) return [title, element("p", {}, app.say("noPlace"))];
  const draft = (await app.store.draft<Values>(DRAFT)) ?? {};
  const options = (list: keyof typeof words): (readonly [string, string])[] =>
    Object.entries(words[list]).map(([code, names]) => [code, app.name(names)]);
  const choice = (name: keyof typeof words, label: Word): HTMLElement =>
    field(app.say(label), choose(name, [["", "–"], ...options(name)], draft[name] ?? ""));
  const text = (name: string, label: Word, rows: string, most: string): HTMLElement =>
    field(app.say(label), element("textarea", { name, rows, maxlength: most }, draft[name] ?? ""));
  const places = (app.mission?.places ?? []).map((one) => [one.id, app.name(one.names)] as const);
  const reference = element("input", { name: "reference", maxlength: "40" });
  reference.value = draft.reference ?? "";
  const end = foot(app.say("save"));
  const made = element(
    "form",
    { novalidate: "" },
    chips("priority", app.say("urgency"), options("priority")),
    choice("specialty", "specialty"),
    text("story", "story", "6", "6000"),
    text("question", "yourQuestion", "2", "600"),
    element("p", { class: "soft" }, app.say("noNames")),
    pictures(app, draft.pictures ?? ""),
    element("p", { class: "soft" }, app.say("noFaces")),
    choice("age", "age"),
    chips("sex", app.say("sex"), options("sex")),
    choice("consent_by", "consentBy"),
    choice("consent_how", "consentHow"),
    field(app.say("yourNumber"), reference),
    ...(places.length > 1
      ? [field(app.say("hospital"), choose("organisation", places, draft.organisation ?? ""))]
      : []),
    end.stands,
  );
  for (const name of ["priority", "sex"]) {
    const held = made.elements.namedItem(name);
    if (held instanceof RadioNodeList)
      held.value = draft[name] ?? (name === "priority" ? "ROUTINE" : "");
  }
  const draw = (): void => {
    if (made.dataset.saved) return;
    void app.store.keepDraft(DRAFT, valuesOf(made)).catch(() => undefined);
  };
  made.addEventListener("input", draw);
  made.addEventListener("change", draw); // a photograph is chosen
  forgetsRefusal(made, end);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    void save(app, made, end, place.id);
  });
  return [title, made];
}

function valuesOf(made: HTMLFormElement): Values {
  const told: Values = {};
  for (const [name, value] of new FormData(made)) told[name] = String(value).trim();
  return told;
}

/** What a question still lacks; undefined when it can be kept. */
export function lacking(told: Values): Word | undefined {
  const missing = NEEDED.find(([name]) => !told[name]);
  if (missing) return missing[1];
  const named = whoIsTold(told.story ?? "") || whoIsTold(told.question ?? "");
  const reference = told.reference ?? "";
  if (named) return "caseNamesNobody";
  if (nameIn(reference) || numberInReference(reference)) return "nobodyNamed";
  const without = told.consent_by === "NOBODY";
  const later = told.consent_how === "LATER";
  const wrong = without !== later || (without && told.priority !== "EMERGENCY");
  return wrong ? "consentWrong" : undefined;
}

/** The name of the value in which it is. */
export function faultOf(wrong: Word, told: Values): string {
  const missing = NEEDED.find(([name]) => !told[name]);
  if (missing) return missing[0];
  if (wrong === "caseNamesNobody") return whoIsTold(told.story ?? "") ? "story" : "question";
  return wrong === "nobodyNamed" ? "reference" : "consent_by";
}

async function save(app: App, made: HTMLFormElement, end: Foot, place: string): Promise<void> {
  await pictured();
  const gone = await gonePictures(app, valuesOf(made).pictures);
  if (made.dataset.saved) return;
  const { pictures: shots, ...told } = valuesOf(made);
  const wrong = lacking(told);
  if (wrong) return refuse(made, end, app.say(wrong), faultOf(wrong, told));
  if (gone) return refuse(made, end, gone.words, gone.among(made));
  made.dataset.saved = "yes";
  const now = new Date();
  const today = dayOf(app.now());
  const data = {
    of: "consult", priority: "ROUTINE", organisation: place, ...told, consent_on: today,
  }; // biome-ignore format: a record
  try {
    const id = freshId(now);
    const month = today.slice(0, 7);
    const said = { id, type: "message", kind: "create", data, month, draft: DRAFT } as const;
    await app.keep(said, namesIn(shots));
    app.told = app.say("saved");
    location.hash = "ask";
  } catch {
    delete made.dataset.saved;
    refuse(made, end, app.say("notSaved"));
  }
}
