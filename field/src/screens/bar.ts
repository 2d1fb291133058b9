/** The line at the top: whether there is a network, whose team, how much is only here; and the word on
 * what was done. */
import type { App } from "../shell/app";
import { button, type Child, element } from "./parts";

/** Words of what was done that ask for something more. */
export const NO_GOOD_NEWS = ["wentAside", "fullNow"] as const;

export function standing(app: App, send: () => Promise<void>): readonly Child[] {
  const { say, waiting } = app;
  const where = say(app.online ? "online" : "offline");
  const team = app.full ? say("memoryFull") : app.name(app.mission?.names);
  const text = waiting ? `${waiting} ${say("onlyHere")}` : say("allSent");
  const byHand = async (): Promise<void> => {
    await send();
    if (app.full) app.told = say("fullNow"); // why it did not get less
  };
  const now = button(say("send"), () => void byHand(), { class: "plain", id: "send" });
  return [
    element("span", {}, team ? `${where} · ${team}` : where),
    element("span", { id: "waiting" }, text),
    ...(waiting ? [now] : []),
  ];
}
