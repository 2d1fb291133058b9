/** The lock of this phone: another passcode, or an account taken off. */

import { writeLocked } from "../carry/file";
import { callsWaiting } from "../outbox/owed";
import type { App } from "../shell/app";
import { accounts, allNames, changePasscode, remove, wouldLose } from "../vault/accounts";
import { strongEnough } from "../vault/passcodes";
import { saved } from "./carrying";
import { button, type Child, element, field, head } from "./parts";

const code = (name: string): HTMLInputElement =>
  element("input", { type: "password", name, autocomplete: "off", required: "" });

export async function vault(app: App): Promise<readonly Child[]> {
  return [head(app, app.say("myLock")), passcode(app), await off(app)];
}

async function mine(app: App) {
  const me = (await app.store.enrolment())?.account;
  return (await accounts()).find((one) => one.account === me);
}

function passcode(app: App): HTMLElement {
  const [old, one, other] = [code("old"), code("one"), code("other")];
  const note = element("p", { role: "alert", class: "note" });
  const go = element("button", { type: "submit", class: "wide do" }, app.say("changeCode"));
  const made = element(
    "form",
    { novalidate: "" },
    element("h2", {}, app.say("changeCode")),
    field(app.say("oldCode"), old),
    field(app.say("newCode"), one),
    field(app.say("again"), other),
    note,
    go,
  );
  const change = async (): Promise<void> => {
    const who = await mine(app);
    const strong = strongEnough(one.value, who && allNames(who));
    if (!strong || one.value !== other.value) {
      note.textContent = app.say(strong ? "notAlike" : "tooWeak");
      return;
    }
    go.disabled = true;
    note.textContent = app.say("wait");
    const done = who && (await changePasscode(who, old.value, one.value));
    go.disabled = false;
    note.textContent = app.say(done ? "codeChanged" : "wrong");
    if (done) made.reset();
  };
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    void change();
  });
  return made;
}

/** Only when nothing is lost by it: all was sent, or is in a file that somebody saw. */
async function off(app: App): Promise<HTMLElement> {
  const who = await mine(app);
  const lost = who
    ? await wouldLose(who)
    : { lines: 0, pictures: 0, turnedAway: 0, carried: 0, drafts: 0 };
  const note = element("p", { role: "alert", class: "note" });
  const made = element("section", {}, element("h2", {}, app.say("takeOff")));
  if (!who) return made;
  const write = async (): Promise<void> => {
    const anew = (): boolean => window.dispatchEvent(new HashChangeEvent("hashchange"));
    try {
      const file = await writeLocked(who);
      if (file) note.replaceChildren(...saved(app.say, app.store, file, anew));
    } catch {
      note.textContent = app.say("fileFailed");
    }
  };
  const go = async (): Promise<void> => {
    app.store.close();
    if (await remove(who)) location.replace("/field/");
    else {
      await app.store.open();
      note.textContent = app.say("takeOffWaits");
    }
  };
  if (lost.lines === 0 && lost.pictures > 0) {
    made.append(element("p", {}, app.say("takeOffPictures")), note);
    return made;
  }
  if (lost.lines > 0) {
    const calls = callsWaiting(who.base);
    made.append(element("p", {}, `${lost.lines} ${app.say("onlyHere")}`));
    if (lost.lines > calls) {
      const go = button(app.say("saveFile"), () => void write(), { class: "wide" });
      made.append(element("p", {}, app.say("takeOffWaits")), go);
    }
    if (calls) made.append(element("p", { class: "alarm" }, app.say("callInNoFile")));
    made.append(note);
    return made;
  }
  const turned = `${lost.turnedAway} ${app.say("takeOffTurned")}`;
  const begun = `${lost.drafts} ${app.say("takeOffDrafts")}`;
  const inFile = `${lost.carried} ${app.say("takeOffInFile")}`;
  const sure = element("input", { type: "checkbox", name: "sure" });
  const out = button(app.say("takeOffGo"), () => void go(), { class: "wide" });
  out.disabled = true;
  sure.addEventListener("change", () => {
    out.disabled = !sure.checked;
  });
  made.append(
    element(
      "p",
      { class: "soft" },
      lost.carried ? inFile : lost.turnedAway ? "" : app.say("takeOffHow"),
    ),
    ...(lost.drafts ? [element("p", { class: "alarm" }, begun)] : []),
    ...(lost.turnedAway ? [element("p", { class: "alarm" }, turned)] : []),
    element("label", { class: "check" }, sure, app.say("takeOffSure")),
    note,
    out,
  );
  return made;
}
