/** The foot of a form: it stays in sight, and why nothing was saved stands right above its button. */
import { element } from "./parts";

export interface Foot {
  readonly stands: HTMLElement;
  readonly note: HTMLElement;
  readonly button: HTMLButtonElement;
}

export function foot(label: string): Foot {
  const note = element("p", { role: "alert", class: "note" });
  const button = element("button", { type: "submit", class: "main" }, label);
  return { stands: element("div", { class: "stands" }, note, button), note, button };
}

/** What was told goes once somebody writes on. A field that is left because Save is pressed tells a
 * change too: then nothing may move under the finger. */
export function forgetsRefusal(made: HTMLFormElement, { note }: Foot): void {
  const forget = (): void => {
    note.textContent = "";
    for (const one of made.querySelectorAll(".amiss")) one.classList.remove("amiss");
    for (const one of made.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  };
  made.addEventListener("input", forget);
  made.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === "hidden") forget(); // a photograph, an item
  });
}

/** Say why nothing was saved; `at` is the name of the value at fault, or what is. It comes into
 * sight. The keys of a phone would hide the words: they do not come by themselves. */
export function refuse(
  made: HTMLFormElement,
  { note }: Foot,
  words: string,
  at: string | Element | null = null,
): void {
  note.textContent = words;
  const found = typeof at === "string" ? controlOf(made, at) : at;
  if (!found) return;
  for (
    let over = found.closest("details");
    over;
    over = over.parentElement?.closest("details") ?? null
  )
    over.open = true;
  const group = found.closest("fieldset");
  if (group) group.classList.add("amiss");
  else if (found.matches("input, select, textarea")) found.setAttribute("aria-invalid", "true");
  (group ?? found.closest(".field") ?? found).scrollIntoView({ block: "center" });
}

function controlOf(made: HTMLFormElement, name: string): Element | null {
  if (name === "item") return made.querySelector(".picker input[type=search]");
  return made.querySelector(`[name="${name}"]`);
}
