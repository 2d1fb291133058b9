import { callsWaiting, owedOf } from "../outbox/call";
import { freshId } from "../outbox/ids";
import { type App, dayOf, type Post } from "../shell/app";
import { calling } from "./calls";
import { button, type Child, element, field, head, saved } from "./parts";
import { choose } from "./pieces";
import { whomToCall } from "./whom";

const named = (app: App, one: Post): readonly [string, string] => [one.id, app.name(one.names)];

const LOOK = 500; // ms

/** What is said of a call that waits is said no longer once it arrived, or lies in the memory and
 * waits like every line: then the first screen tells where it is. */
async function untilItIsElsewhere(app: App, id: string, where: HTMLElement): Promise<void> {
  while (where.isConnected && callsWaiting(app.store.name) > 0)
    await new Promise((go) => setTimeout(go, LOOK));
  const full = (await owedOf(app.store)).some((one) => one.said.id === id);
  if (!where.isConnected) return;
  if (full) where.textContent = app.say("callArrived");
  else saved(app);
}

/** Safe, or in need of help: two taps. */
export async function checkIn(app: App): Promise<readonly Child[]> {
  const mission = app.mission;
  if (!mission) return [head(app, app.say("checkIn")), element("p", {}, app.say("noBatch"))];
  const note = element("input", { maxlength: "200" });
  const sites = mission.posts ?? [];
  const site = choose("site", [["", "–"], ...sites.map((one) => named(app, one))], "");
  const whole = element("input", { type: "checkbox" });
  const trouble = element("p", { role: "alert", class: "note" });
  const stands = (await app.glance(1)).word?.data.state === "NEEDS_HELP";
  let saving = false;
  let called = false;
  const say = async (state: "SAFE" | "NEEDS_HELP"): Promise<void> => {
    if (saving) return;
    if (called && state === "NEEDS_HELP") return app.callAgain(); // pressed again it is the same call
    saving = true;
    const now = new Date();
    const data = {
      mission: mission.id,
      state,
      note: note.value.trim(),
      ...(site.value ? { site: site.value } : {}),
      ...(whole.checked && state === "SAFE" ? { whole_team: true } : {}),
    };
    const month = dayOf(app.now()).slice(0, 7);
    const said = { id: freshId(now), type: "check_in", kind: "create", data, month } as const;
    try {
      await app.keep(said);
      saved(app);
    } catch {
      trouble.textContent = app.say(state === "SAFE" ? "notSaved" : "wait");
      if (state === "NEEDS_HELP") {
        called = true;
        trouble.textContent = app.say((await app.call(said)) ? "callArrived" : "callWaits");
        void untilItIsElsewhere(app, said.id, trouble);
      }
      trouble.scrollIntoView({ block: "center" });
      saving = false;
    }
  };
  const parts: Child[] = [
    head(app, app.say("checkIn")),
    element("p", { class: "soft" }, app.name(mission.names)),
    ...(await calling(app)),
    ...(stands ? [element("p", { class: "note", role: "status" }, app.say("helpStands"))] : []),
    button(app.say("safe"), () => void say("SAFE"), { class: "main tall" }),
  ];
  if (mission.leads) {
    parts.push(element("label", { class: "check" }, whole, app.say("wholeTeam")));
  }
  if (sites.length) parts.push(field(app.say("checkInWhere"), site));
  parts.push(
    field(app.say("note"), note),
    button(app.say("needHelp"), () => void say("NEEDS_HELP"), { class: "tall help" }),
    element("p", { class: "soft" }, app.say("helpHow")),
    ...whomToCall(app),
    trouble,
  );
  return parts;
}
