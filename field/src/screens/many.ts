/** A long list: some of it at once, how much that is of how much, and a way to the rest. */
import type { App } from "../shell/app";
import { button, type Child, element } from "./parts";

export interface Rows<T> {
  /** The screen and list that it is: how far it was opened is known when one comes back. */
  readonly name: string;
  readonly at: readonly T[];
  readonly row: (one: T) => HTMLLIElement;
  readonly atOnce: number;
  /** Where more are held than those here: how many in all, and all of them in the same order. */
  readonly total?: number;
  readonly all?: () => Promise<readonly T[]>;
}

export async function many<T>(app: App, rows: Rows<T>): Promise<readonly Child[]> {
  const { name, row, atOnce } = rows;
  const total = rows.total ?? rows.at.length;
  let held = rows.at;
  const upTo = async (end: number): Promise<readonly T[]> => {
    if (end > held.length && held.length < total && rows.all) held = await rows.all();
    return held.slice(0, end);
  };
  const opened = app.opened.get(name) ?? atOnce;
  const first = await upTo(opened);
  const list = element("ul", { class: "log" }, ...first.map(row));
  if (first.length >= total) return [list];
  const told = element("span", { role: "status" }, howMany(app, first.length, total));
  const more = async (): Promise<void> => {
    const from = list.children.length;
    const next = (await upTo(from + atOnce)).slice(from).map(row);
    list.append(...next);
    app.opened.set(name, from + next.length);
    told.textContent = howMany(app, list.children.length, total);
    next[0]?.querySelector("a")?.focus({ preventScroll: true });
    if (list.children.length >= total) go.remove();
  };
  const go = button(app.say("showMore"), () => void more(), { class: "wide" });
  return [list, element("p", { class: "soft" }, told), go];
}

const howMany = (app: App, shown: number, total: number): string =>
  app.say("shownOf").replace("{n}", String(shown)).replace("{m}", String(total));
