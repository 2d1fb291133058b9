import type { Counted } from "../outbox/keep";
import type { Line, Mission, Visit } from "../outbox/store";
import type { Tongue, Word } from "../words/words";

export interface Shown {
  readonly missions: readonly Mission[];
  readonly visits: readonly Visit[];
  readonly states: ReadonlyMap<number, Line>;
  readonly waiting: number;
  readonly enrolled: boolean;
}

export interface Acts {
  readonly save: (counted: Counted) => Promise<void>;
  readonly send: () => Promise<void>;
}

type Say = (word: Word) => string;
type Child = Node | string;

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The page, built once; `show` fills what changes and never touches what is being typed. */
export function draw(place: HTMLElement, say: Say, tongue: Tongue, acts: Acts) {
  const today = new Date();
  const local = new Date(today.getTime() - today.getTimezoneOffset() * 60_000);
  const mission = element("select", { id: "mission", required: "" });
  const day = element("input", { id: "day", type: "date", required: "" });
  day.value = local.toISOString().slice(0, 10);
  const count = element("input", {
    id: "count",
    type: "number",
    inputmode: "numeric",
    min: "1",
    max: "5000",
    step: "1",
    required: "",
  });
  const button = element("button", { type: "submit", class: "main" }, say("save"));
  const form = element(
    "form",
    {},
    element("label", { for: "mission" }, say("batch")),
    mission,
    element("label", { for: "day" }, say("day")),
    day,
    element("label", { for: "count" }, say("visits")),
    count,
    button,
  );
  const note = element("p", { role: "status", id: "note" });
  const waiting = element("p", { id: "waiting" });
  const send = element("button", { type: "button", id: "send" }, say("send"));
  const list = element("ul", { id: "visits" });
  const stranger = element(
    "p",
    { id: "stranger" },
    say("signIn"),
    " ",
    element("a", { href: "/sign-in/?next=/field/" }, say("signInLink")),
  );
  place.replaceChildren(element("h1", {}, say("title")), stranger, form, note, waiting, send, list);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = mission.selectedOptions[0];
    const counted = Number(count.value);
    if (!chosen || !Number.isInteger(counted) || counted < 1 || counted > 5000) {
      note.textContent = say("countRange");
      return;
    }
    const told = {
      mission: mission.value,
      name: chosen.textContent ?? "",
      held_on: day.value,
      count: counted,
    };
    button.disabled = true; // a double click is one visit
    acts
      .save(told)
      .then(
        () => {
          note.textContent = say("saved");
          count.value = "";
        },
        () => {
          note.textContent = say("notSaved");
        },
      )
      .finally(() => {
        button.disabled = false;
      });
  });
  send.addEventListener("click", () => void acts.send());

  const show = (shown: Shown): void => {
    fillMissions(mission, shown.missions, tongue);
    stranger.hidden = shown.enrolled;
    form.hidden = shown.missions.length === 0;
    if (shown.enrolled && shown.missions.length === 0) note.textContent = say("noBatch");
    waiting.textContent = shown.waiting
      ? `${shown.waiting} ${say("waiting")}`
      : shown.visits.length
        ? say("allSent")
        : "";
    send.hidden = shown.waiting === 0;
    list.replaceChildren(...shown.visits.map((visit) => row(visit, shown.states, say)));
  };
  return { show };
}

function fillMissions(select: HTMLSelectElement, missions: readonly Mission[], tongue: Tongue) {
  const here = select.value;
  const options = missions.map((one) => {
    const name = one.names[tongue] ?? one.names.en ?? Object.values(one.names)[0] ?? one.id;
    return element("option", { value: one.id }, name);
  });
  select.replaceChildren(...options);
  if (missions.some((one) => one.id === here)) select.value = here;
}

function row(visit: Visit, states: ReadonlyMap<number, Line>, say: Say): HTMLLIElement {
  const state = states.get(visit.q)?.state ?? "queued";
  return element(
    "li",
    { "data-state": state },
    element("b", {}, String(visit.count)),
    ` ${visit.held_on} · ${visit.name} `,
    element("span", { class: "state" }, say(state)),
  );
}
