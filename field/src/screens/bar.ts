/** The line at the top: whether there is a network, whose team, how much is only here. */
import type { App } from "../shell/app";
import { button, type Child, element } from "./parts";

export function standing(app: App, send: () => void): readonly Child[] {
  const { say, waiting } = app;
  const where = say(app.online ? "online" : "offline");
  const team = app.name(app.mission?.names);
  const text = waiting ? `${waiting} ${say("onlyHere")}` : say("allSent");
  const now = button(say("send"), send, { class: "plain", id: "send" });
  return [
    element("span", {}, team ? `${where} · ${team}` : where),
    element("span", { id: "waiting" }, text),
    ...(waiting ? [now] : []),
  ];
}
