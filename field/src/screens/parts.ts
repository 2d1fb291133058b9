/** Pieces of screens: plain elements, no framework. */
import type { Told } from "../outbox/keep";
import type { Names } from "../outbox/store";
import type { App, Shown } from "../shell/app";
import type { Say, Word } from "../words/words";

export type Child = Node | string;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function button(
  text: string,
  act: () => void,
  attributes: Readonly<Record<string, string>> = {},
): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

/** The phone's memory gives nothing out, full or broken: nobody is left with an empty screen. */
export function cannotRead(say: Say): readonly Child[] {
  const again = button(say("tryAgain"), () => location.reload(), { class: "wide" });
  const why = element("p", { role: "alert", class: "alarm" }, say("cannotRead"));
  return [element("h1", {}, say("title")), why, again];
}

/** Say that it is saved, then go on: the word is on the screen before the next one is drawn. */
export function saved(app: App, next = ""): void {
  app.told = app.say("saved");
  setTimeout(() => {
    // who went there before it was saved is told of it too
    if (location.hash.slice(1) === next) window.dispatchEvent(new Event("hashchange"));
    else location.hash = next;
  });
}

export function head(app: App, title: string): HTMLElement {
  return element(
    "header",
    { class: "head" },
    element("a", { href: "#", class: "back" }, `‹ ${app.say("back")}`),
    element("h1", {}, title),
  );
}

/** A row of chips of which one may be chosen; a second tap takes the choice back. */
export function chips(
  name: string,
  legend: string,
  options: readonly (readonly [string, string])[],
): HTMLFieldSetElement {
  const made = element("fieldset", { class: "chips" }, element("legend", {}, legend));
  for (const [code, text] of options) {
    const input = element("input", { type: "radio", name, value: code });
    let was = false;
    const label = element("label", {}, input, element("span", {}, text));
    label.addEventListener("pointerdown", () => {
      was = input.checked;
    });
    input.addEventListener("click", () => {
      if (!was) return;
      was = false;
      input.checked = false;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    made.append(label);
  }
  return made;
}

export function field(label: string, input: HTMLElement): HTMLLabelElement {
  return element("label", { class: "field" }, element("span", {}, label), input);
}

/** A button that takes files, in our words: a browser's own speaks its own language. */
export function filed(label: string, input: HTMLInputElement): HTMLLabelElement {
  return element("label", { class: "file" }, input, element("span", {}, label));
}

/** That an answer was read is told to the server: nobody recorded it. */
export const isReading = ({ type, data }: Pick<Shown, "type" | "data">): boolean =>
  type === "message" && data.of === "reading";

/** What a record says in a line: kind, part, how many. */
export function inShort(app: App, rec: Pick<Shown, "type" | "data" | "about">): string {
  const { data } = rec;
  if (rec.type === "check_in") {
    return `${app.say("checkIn")} · ${app.say(data.state === "SAFE" ? "SAFE" : "NEEDS_HELP")}`;
  }
  if (rec.type === "signature") {
    const what = app.name(rec.about?.item as Names | undefined);
    return [app.say(data.so === false ? "declined" : "signed"), what].filter(Boolean).join(" · ");
  }
  if (isReading(rec)) return app.say("answerRead");
  if (rec.type === "message" && data.of !== "voice") return app.say("asked");
  if (rec.type === "message") return `${app.say("VOICE")} · ${String(data.text).slice(0, 40)}`;
  if (rec.type === "count") return `${app.say("counts")} · ${data.month}`;
  if (rec.type === "visits") return `${app.say("VISIT")} × ${data.count}`;
  const item = app.reference?.items.find((one) => one.id === data.item);
  const kind = String(data.kind);
  const [group, part] = partsOf(kind);
  const words = [item ? app.name(item.n) : app.say(group), part ? app.say(part) : ""];
  if (item && group !== "OPERATION") words.unshift(app.say(group));
  const many = Number(data.count) > 1 ? ` × ${data.count}` : "";
  return words.filter(Boolean).join(" · ") + many;
}

/** The tile under which a record was made. */
export function kindOf(rec: Told): Word {
  if (rec.type === "visits") return "VISIT";
  if (rec.type === "message") return "VOICE";
  return partsOf(String(rec.data.kind ?? ""))[0];
}

/** OPERATION_DONE is an operation, and the part that somebody took in it. */
export function partsOf(kind: string): readonly [Word, Word | undefined] {
  for (const group of ["OPERATION", "TRAINED"] as const) {
    if (kind.startsWith(`${group}_`)) return [group, kind as Word];
  }
  return [kind as Word, undefined];
}

/** One tick: on the phone. Three: at headquarters. A sign of its own where a person looks at it. */
export function ticks(app: App, rec: Shown): HTMLSpanElement {
  const sign = { queued: "✓", on_server: "✓✓✓" }[rec.state as "queued" | "on_server"] ?? "!";
  return element(
    "span",
    { class: "ticks", "data-state": rec.state },
    element("span", { "aria-hidden": "true" }, sign),
    element("span", { class: "unseen" }, app.say(rec.state)),
  );
}

export function row(app: App, rec: Shown, inWords = false): HTMLLIElement {
  const text = element("span", {}, inShort(app, rec));
  if (rec.gone) text.append(" ", element("em", {}, app.say("voided")));
  if (inWords) text.append(element("small", {}, app.say(rec.state)));
  return element("li", {}, element("a", { href: `#rec/${rec.id}` }, text, ticks(app, rec)));
}
