import { isTight } from "../see/reserve";
import { mayPhotograph, room, WARN_BELOW, worry } from "../see/safety";
import type { App, Shown } from "../shell/app";
import { lastWasRefused } from "../shell/unsaved";
import { calling } from "./calls";
import { carrying } from "./carrying";
import { installing } from "./install";
import { many } from "./many";
import { type Child, element, head, row } from "./parts";

const AT_ONCE = 300; // rows of the list

/** For each record where it is. What is only on the phone is never called safe. */
export async function safe(app: App): Promise<readonly Child[]> {
  const held = (await app.store.recs.orderBy("month").uniqueKeys()).reverse();
  const of = async (months: typeof held): Promise<readonly Shown[]> => {
    const recs = (await Promise.all(months.map((m) => app.recorded(String(m))))).flat();
    const waits = (rec: Shown): boolean => rec.state === "queued";
    return [...recs.filter(waits), ...recs.filter((rec) => !waits(rec))];
  };
  const recs = await of(app.waiting ? held : held.slice(0, 3)); // what waits is told of whatever month
  const { persisted, left } = await room();
  const late = worry(await app.store.waitsSince(), new Date()); // both by this phone's own clock
  const parts: Child[] = [
    head(app, app.say("isSafe")),
    element("p", { class: "answer" }, app.say(app.waiting ? "safeNot" : "safeAll")),
  ];
  parts.push(...(await calling(app, (await app.glance(1)).word)));
  if (app.full) parts.push(element("p", { role: "alert", class: "alarm" }, app.say("fullNow")));
  if (late !== "none") {
    const word = late === "week" ? "week" : "monthLate";
    parts.push(element("p", { role: "alert", class: "alarm" }, app.say(word)));
  }
  const refused = lastWasRefused(app.store.name);
  if (refused) parts.push(element("p", { role: "alert", class: "alarm" }, app.say("lastNotSaved")));
  parts.push(...carrying(app));
  parts.push(
    element("p", { class: "soft" }, app.say(persisted ? "persisted" : "notPersisted")),
    element("p", { class: "soft" }, leftOver(app, left)),
    ...installing(app),
  );
  const tight = left === undefined && (await isTight(app.store));
  if (tight || (left !== undefined && left < WARN_BELOW)) {
    parts.push(element("p", { class: "alarm" }, app.say("lowRoom")));
    if (tight || !mayPhotograph(left))
      parts.push(element("p", { class: "alarm" }, app.say(refused ? "noPhotosNow" : "noPhotos")));
  }
  parts.push(element("p", {}, element("a", { href: "#vault", class: "link" }, app.say("myLock"))));
  const asOf = app.reference?.as_of.slice(0, 10);
  if (asOf) parts.push(element("p", { class: "soft" }, `${app.say("asOf")} ${asOf}`));
  const total = await app.store.recs.count();
  const rows = { name: "safe", at: recs, total, all: () => of(held), atOnce: AT_ONCE };
  parts.push(...(await many(app, { ...rows, row: (rec) => row(app, rec, true) })));
  return parts;
}

function leftOver(app: App, left: number | undefined): string {
  if (left === undefined) return app.say("leftUnknown");
  return `${Math.floor(left / 1024 / 1024)} ${app.say("left")}`;
}
