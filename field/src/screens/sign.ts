/** What waits for one's signature: a step on the ladder, a case in a logbook. Two taps each. */
import { freshId } from "../outbox/ids";
import { type App, dayOf, type ToSign } from "../shell/app";
import { button, type Child, element, head } from "./parts";

/** What came with the lists and was not signed on this phone since. */
export async function toSign(app: App): Promise<readonly ToSign[]> {
  const signed = new Set((await app.store.value<string[]>("signed")) ?? []);
  return [
    ...(app.reference?.steps ?? []).map((one) => ({ ...one, of: "step" as const })),
    ...(app.reference?.cases ?? []).map((one) => ({ ...one, of: "case" as const })),
  ].filter((one) => !signed.has(one.id));
}

export async function sign(app: App): Promise<readonly Child[]> {
  const waits = await toSign(app);
  const asOf = app.reference?.as_of.slice(0, 10) ?? "";
  return [
    head(app, app.say("sign")),
    element("p", { class: "soft" }, `${app.say("asOf")} ${asOf}`),
    ...(waits.length
      ? waits.map((one) => card(app, one))
      : [element("p", {}, app.say("nothingToSign"))]),
  ];
}

function card(app: App, one: ToSign): HTMLElement {
  const trouble = element("p", { role: "alert", class: "note" });
  const made = element("section", { class: "card" });
  const go = button(app.say("signIt"), () => ask(), { class: "wide" });
  let saving = false;
  const keep = async (): Promise<void> => {
    if (saving) return;
    saving = true;
    try {
      await signOne(app, one);
      app.told = app.say("saved");
      window.dispatchEvent(new HashChangeEvent("hashchange"));
    } catch {
      saving = false;
      trouble.textContent = app.say("notSaved");
    }
  };
  const ask = (): void => {
    const yes = button(app.say("itIsSo"), () => void keep(), { class: "wide do" });
    go.replaceWith(yes);
    yes.focus();
  };
  made.append(...lines(app, one), trouble, go);
  return made;
}

function lines(app: App, one: ToSign): readonly HTMLElement[] {
  const place = `${app.name(one.hospital)} · ${one.on}`;
  const title = element("h2", {}, app.name(one.item));
  if (one.of === "step") {
    const level = `${one.before ?? "?"} → ${one.number} ${app.name(one.level)}`;
    return [title, element("p", {}, level), element("p", { class: "soft" }, place)];
  }
  const many = one.count > 1 ? ` × ${one.count}` : "";
  const who = `${app.name(one.who)} · ${app.name(one.role)}${many}`;
  return [title, element("p", {}, who), element("p", { class: "soft" }, place)];
}

/** Keep the signature; what was signed here waits no more, whatever the lists still say. */
async function signOne(app: App, one: ToSign): Promise<void> {
  const now = new Date();
  const data =
    one.of === "step" ? { of: "step", step: one.id, side: one.side } : { of: "case", case: one.id };
  const month = dayOf(now).slice(0, 7);
  await app.keep({ id: freshId(now), type: "signature", kind: "create", data, month });
  const signed = (await app.store.value<string[]>("signed")) ?? [];
  await app.store.keepValue("signed", [...signed, one.id].slice(-500));
}
