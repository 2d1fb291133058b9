/** My team: who is in it, and what was last heard of each, as of when the lists came. */
import type { App, Member } from "../shell/app";
import { type Child, element, head } from "./parts";
import { whomToCall } from "./whom";

export function team(app: App): readonly Child[] {
  const found = app.reference?.team?.find((one) => one.mission === app.mission?.id);
  const asOf = app.reference?.as_of ?? "";
  if (!found) return [head(app, app.say("myTeam")), element("p", {}, app.say("noTeam"))];
  return [
    head(app, app.say("myTeam")),
    element(
      "p",
      { class: "soft" },
      `${app.name(app.mission?.names)} · ${app.say("asOf")} ${clock(app, asOf)}`,
    ),
    ...whomToCall(app),
    element("ul", { class: "log people" }, ...found.people.map((one) => person(app, one))),
    element("p", {}, element("a", { href: "#month", class: "link" }, app.say("wholeTeamHas"))),
  ];
}

function person(app: App, one: Member): HTMLElement {
  const state = element(
    "span",
    { class: "state", "data-state": one.state },
    app.say(one.state === "SAFE" || one.state === "NEEDS_HELP" ? one.state : "unknown"),
  );
  const said = one.said_at ? ` · ${app.say("lastWord")} ${clock(app, one.said_at)}` : "";
  const who = element(
    "span",
    {},
    app.name(one.names),
    element("small", {}, `${app.name(one.role)}${said}`),
  );
  return element("li", { class: "pair" }, who, state);
}

export function clock(app: App, at: string): string {
  if (!at) return "";
  const lang = { en: "en-GB", zh: "zh-CN", fr: "fr" }[app.tongue];
  const how = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(lang, how).format(new Date(at));
}
