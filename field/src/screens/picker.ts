import { find, type Item } from "../see/find";
import type { App } from "../shell/app";
import { button, element } from "./parts";

/** An item of the lists: typed for, found with no network, recent ones first. With `kind` only
 * items of it are found. */
export function picker(app: App, chosen: string, kind?: "CONDITION"): HTMLElement {
  const items = (app.reference?.items ?? []).filter((one) => !kind || one.k === kind);
  const label = app.say(kind ? "condition" : "item");
  const held = element("input", { type: "hidden", name: "item" });
  held.value = chosen;
  const typed = element("input", {
    type: "search",
    autocomplete: "off",
    placeholder: app.say("itemHow"),
    "aria-label": label,
  });
  const list = element("ul", { class: "found" });
  const made = element(
    "div",
    { class: "field picker" },
    element("span", { "aria-hidden": "true" }, label),
    held,
    typed,
    list,
  );
  let recent: readonly string[] = [];

  const take = (id: string): void => {
    held.value = id;
    typed.value = "";
    held.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  };
  const line = (item: Item): HTMLLIElement =>
    element(
      "li",
      {},
      button(app.name(item.n), () => take(item.id)),
    );
  const show = (): void => {
    const item = items.find((one) => one.id === held.value);
    typed.hidden = item !== undefined;
    if (item) {
      const out = button("×", () => take(""), { "aria-label": app.say("takeOut") });
      list.replaceChildren(element("li", { class: "chosen" }, app.name(item.n), out));
      return;
    }
    const words = typed.value.trim();
    if (!words && recent.length === 0) {
      list.replaceChildren();
      return;
    }
    const found = find(items, words, recent, words ? 8 : Math.min(4, recent.length));
    const none = element("li", { class: "soft" }, app.say("noItem"));
    list.replaceChildren(...(found.length ? found.map(line) : [none]));
  };
  typed.addEventListener("input", (event) => {
    event.stopPropagation(); // what is typed to find is no part of the draft
    show();
  });
  void app.store.value<string[]>("recent").then((told) => {
    recent = (told ?? []).filter((id) => items.some((one) => one.id === id));
    show();
  });
  show();
  return made;
}
