/** The language of the app: the shell's words, and the choice of another. */
import { button, element } from "../screens/parts";
import type { Say, Tongue } from "../words/words";

/** The shell came in the language that the server knew; the phone may have chosen another since. */
export function inTongue(say: Say): void {
  document.title = `${say("title")} · Marrow`;
  const nav = document.querySelector("body > nav");
  nav?.setAttribute("aria-label", say("pages"));
  nav?.querySelectorAll("a").forEach((link, at) => {
    link.textContent = say(at === 0 ? "today" : "teams");
  });
}

export function tongues(here: Tongue): HTMLElement {
  const names: readonly (readonly [Tongue, string])[] = [
    ["zh", "中文"],
    ["en", "English"],
    ["fr", "Français"],
  ];
  const choose = (to: Tongue): void => {
    localStorage.setItem("marrow-tongue", to);
    location.reload();
  };
  return element(
    "p",
    { class: "tongues" },
    ...names.map(([to, name]) =>
      button(name, () => choose(to), {
        class: "plain",
        lang: to,
        ...(to === here ? { "aria-current": "true" } : {}),
      }),
    ),
  );
}
