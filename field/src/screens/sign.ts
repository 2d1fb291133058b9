/** What waits for one's signature: a step on the ladder, a case in a logbook. Two taps each;
 * who says that it was not so says why. */
import { freshId } from "../outbox/ids";
import type { Told } from "../outbox/keep";
import type { Store } from "../outbox/store";
import { type App, dayOf, type ToSign } from "../shell/app";
import { button, type Child, element, field, head } from "./parts";
import { whyWrong } from "./read";

/** What came with the lists and was not signed on this phone since. */
export async function toSign(app: App): Promise<readonly ToSign[]> {
  return toSignOf(app, (await app.store.value<string[]>("signed")) ?? []);
}

/** The same, where `done` was signed. */
export function toSignOf(app: App, done: readonly string[]): readonly ToSign[] {
  const signed = new Set(done);
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
  const keep = async (answer: Answer = {}): Promise<void> => {
    if (saving) return;
    saving = true;
    try {
      await answerOne(app, one, answer);
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
  const why = element("input", { maxlength: "300" });
  const lack = element("p", { role: "alert", class: "note" });
  const refuse = (): void => {
    const wrong = whyWrong(why.value);
    if (!wrong) {
      void keep({ so: false, reason: why.value.trim() });
      return;
    }
    lack.textContent = app.say(wrong);
    why.focus();
  };
  const not = element(
    "details",
    {},
    element("summary", {}, app.say("notSo")),
    field(app.say("whyNotSo"), why),
    lack,
    button(app.say("sayNotSo"), refuse, { class: "wide" }),
  );
  made.append(...lines(app, one), trouble, go, not);
  return made;
}

/** What was signed, as its card said it; nothing where this phone knows no more. */
export function signedOf(app: App, rec: Pick<Told, "about" | "data">): ToSign | undefined {
  if (rec.about) return rec.about as unknown as ToSign;
  return toSignOf(app, []).find((one) => one.id === (rec.data.step ?? rec.data.case));
}

export function lines(app: App, one: ToSign): readonly HTMLElement[] {
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

/** Nothing more of what was so; else why it was not. */
type Answer = { readonly so?: false; readonly reason?: string };

/** Keep the answer; what was answered here waits no more, whatever the lists still say. */
async function answerOne(app: App, one: ToSign, answer: Answer): Promise<void> {
  const now = new Date();
  const of =
    one.of === "step" ? { of: "step", step: one.id, side: one.side } : { of: "case", case: one.id };
  const data = { ...of, ...answer };
  const month = dayOf(app.now()).slice(0, 7);
  const said = { id: freshId(now), type: "signature", kind: "create", data, month } as const;
  await app.keep({ ...said, about: { ...one } });
  await noteSigned(app, one.id).catch(() => undefined); // the signature itself is kept
}

/** A phone that lost its memory knows what was answered on it by the answers that came back. */
export async function recallSigned(store: Store): Promise<void> {
  if ((await store.value<string[]>("signed")) !== undefined) return;
  const rows = await store.recs.where("type").equals("signature").toArray();
  const told = rows.map(async ({ id, c }) => {
    const { data } = JSON.parse(await store.reveal(`rec:${id}`, c)) as Told;
    return String(data.step ?? data.case);
  });
  await store.keepValue("signed", await Promise.all(told));
}

async function noteSigned(app: App, id: string): Promise<void> {
  const signed = (await app.store.value<string[]>("signed")) ?? [];
  await app.store.keepValue("signed", [...signed, id].slice(-500));
}
