import { freshId } from "../outbox/ids";
import { callsWaiting, isSent, owedOf, owes } from "../outbox/owed";
import { type App, dayOf, type Post } from "../shell/app";
import { called, callWords, lastSaid, MOMENT, rest } from "./calls";
import { button, type Child, element, field, head, saved } from "./parts";
import { choose } from "./pieces";
import { whomToCall } from "./whom";

const named = (app: App, one: Post): readonly [string, string] => [one.id, app.name(one.names)];

const LOOK = 500; // ms

/** What was called before, and that one may take a call for help back. */
async function before(app: App): Promise<readonly Child[]> {
  const { word } = await app.glance(1);
  const last = await lastSaid(app, word);
  const help = element("p", { class: "note", role: "status" }, app.say("helpStands"));
  return [...(await called(app, word)), ...(last?.data.state === "NEEDS_HELP" ? [help] : [])];
}

/** What is said of calls stays true: that one waits, that it arrived while the memory is full, and
 * neither once it lies in the memory. `was` is how many waited before it was said. */
async function keepTrue(
  app: App,
  where: HTMLElement,
  was: number,
  tell: () => Promise<void>,
): Promise<void> {
  const { name } = app.store;
  const look = (): Promise<unknown> => rest(LOOK);
  await look(); // it is on the screen by then
  for (let told = was; where.isConnected && owes(name); await look()) {
    const waits = callsWaiting(name);
    if (waits !== told) await tell();
    told = waits;
  }
  if (where.isConnected) await tell();
}

/** Tell of the call that was just made, as long as it is the last: where it arrived before there was
 * room, what stands above tells of it then; else it waits like every line, as the first screen tells. */
async function follow(
  app: App,
  id: string,
  above: HTMLElement,
  trouble: HTMLElement,
  isLast: () => boolean,
): Promise<void> {
  let arrived = false;
  let over = false;
  const tell = async (): Promise<void> => {
    const owed = await owedOf(app.store);
    const mine = owed.find((one) => one.said.id === id);
    const kept = !mine && (await app.store.recs.get(id)) !== undefined;
    const now = kept && arrived ? await before(app) : [];
    if (over || !isLast() || !trouble.isConnected) return; // who went on to something else is left in it
    arrived ||= mine !== undefined && isSent(mine);
    over = kept && !arrived;
    if (over) return saved(app);
    const words = callWords(owed).map((word) => app.say(word));
    trouble.textContent = mine || kept ? words.join(" ") : app.say("notSaved");
    trouble.className = words.length ? "alarm" : "note";
    above.replaceChildren(...now);
  };
  const was = callsWaiting(app.store.name);
  await tell();
  void keepTrue(app, trouble, was, tell);
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
  const was = callsWaiting(app.store.name);
  const above = element("div", {}, ...(await before(app)));
  const retell = async (): Promise<void> => {
    const now = await before(app);
    if (above.hasChildNodes()) above.replaceChildren(...now);
  };
  if (owes(app.store.name)) void keepTrue(app, above, was, retell);
  let saving = false;
  let last = "";
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
        saving = false; // a second tap is the same call
        return;
      }
      await app.keep(said);
      saved(app);
    } catch {
      above.replaceChildren(); // what is said now tells of all
      trouble.textContent = app.say("wait");
      trouble.className = "note";
      const held = await app.call(said).catch(() => undefined);
      last = said.id;
      saving = false; // on a link that hangs they may say meanwhile that they are safe
      await Promise.race([held?.tried, rest(MOMENT)]);
      await follow(app, said.id, above, trouble, () => last === said.id);
      trouble.scrollIntoView({ block: "center" });
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
  parts.push(
    // before what may stay empty: who needs help has it, and whom to telephone, on the first screen
    button(app.say("needHelp"), () => void say("NEEDS_HELP"), { class: "tall wide help" }),
    ...whomToCall(app),
    element("p", { class: "soft" }, app.say("helpHow")),
    trouble,
  );
  if (sites.length) parts.push(field(app.say("checkInWhere"), site));
  parts.push(field(app.say("note"), note));
  return parts;
}
