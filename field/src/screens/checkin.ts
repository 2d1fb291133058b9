import { freshId } from "../outbox/ids";
import { callsWaiting, owedOf } from "../outbox/owed";
import { type App, dayOf, type Post } from "../shell/app";
import { calling, callWords, lastSaid } from "./calls";
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
  if (full) await tellCall(app, where);
  else saved(app);
}

async function tellCall(app: App, where: HTMLElement): Promise<void> {
  const words = callWords(await owedOf(app.store)).map((word) => app.say(word));
  where.textContent = words.join(" ") || app.say("notSaved");
}

/** What was called before, and that one may take a call for help back. */
async function before(app: App): Promise<readonly Child[]> {
  const last = await lastSaid(app, (await app.glance(1)).word);
  const help = element("p", { class: "note", role: "status" }, app.say("helpStands"));
  return [...(await calling(app)), ...(last?.data.state === "NEEDS_HELP" ? [help] : [])];
}

/** What stands above says that a call arrived as soon as it did. */
async function keepTrue(app: App, above: HTMLElement): Promise<void> {
  if (callsWaiting(app.store.name) === 0) return;
  const look = (): Promise<unknown> => new Promise((go) => setTimeout(go, LOOK));
  await look(); // it is on the screen by then
  while (above.isConnected && callsWaiting(app.store.name) > 0) await look();
  if (above.isConnected && above.hasChildNodes()) above.replaceChildren(...(await before(app)));
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
  const above = element("div", {}, ...(await before(app)));
  void keepTrue(app, above);
  let saving = false;
  const say = async (state: "SAFE" | "NEEDS_HELP"): Promise<void> => {
    if (saving) return;
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
      if (await app.calledAlready(said)) {
        saving = false; // pressed again it is the same call
        return;
      }
      await app.keep(said);
      saved(app);
    } catch {
      above.replaceChildren(); // what is said now tells of all
      trouble.textContent = app.say("wait");
      await app.call(said).catch(() => undefined);
      await tellCall(app, trouble);
      void untilItIsElsewhere(app, said.id, trouble);
      trouble.scrollIntoView({ block: "center" });
      saving = false;
    }
  };
  const parts: Child[] = [
    head(app, app.say("checkIn")),
    element("p", { class: "soft" }, app.name(mission.names)),
    above,
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
