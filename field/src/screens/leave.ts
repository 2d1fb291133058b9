/** In another app's browser: how to leave it. What is kept there is lost when that app tidies up. */
import type { Say } from "../words/words";
import { button, type Child, element } from "./parts";

export function leave(say: Say, name: string, address: string): readonly Child[] {
  const out = element("p", { role: "status" });
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      out.textContent = say("copied");
    } catch {
      out.textContent = say("copyByHand");
    }
  };
  return [
    element("h1", {}, say("leaveTitle")),
    element("p", {}, `${say("leaveWhy")} (${name})`),
    element(
      "ol",
      {},
      element("li", {}, say("leaveMenu")),
      element("li", {}, say("leaveBrowser")),
      element("li", {}, say("leaveHome")),
    ),
    element("p", { class: "prose" }, element("code", {}, address)),
    button(say("copyAddress"), () => void copy(), { class: "wide do" }),
    out,
  ];
}
