/** A call for help for which this phone has no room: whether somebody has it already. */
import { callsWaiting, owedOf } from "../outbox/call";
import type { App } from "../shell/app";
import { type Child, element } from "./parts";
import { whomToCall } from "./whom";

export async function calling(app: App): Promise<readonly Child[]> {
  if ((await owedOf(app.store)).length === 0) return [];
  const word = callsWaiting(app.store.name) > 0 ? "callWaits" : "callArrived";
  const told = element("p", { role: "alert", class: "alarm" }, app.say(word));
  return word === "callWaits" ? [told, ...whomToCall(app)] : [told];
}
