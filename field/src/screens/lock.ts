/** Before anybody is in: a first passcode, the lock, and the way out for who forgot it. */
import { writeLocked } from "../carry/file";
import { callsWaiting } from "../outbox/owed";
import type { Store } from "../outbox/store";
import { enrol, type Here } from "../shell/net";
import { type Account, allNames, begin, calledIn, unlock, unlockByPin } from "../vault/accounts";
import { strongEnough } from "../vault/passcodes";
import { copiedSigner, pinEnough } from "../vault/seal";
import type { Say, Tongue } from "../words/words";
import { download, recoveryKey } from "./carrying";
import { foot } from "./foot";
import { button, type Child, element, field } from "./parts";

type In = (store: Store) => void;

/** What lies behind the lock and no server holds, and how much of it says whether somebody is safe. */
export interface Waiting {
  readonly here: number;
  readonly words: number;
}

function passcode(name: string): HTMLInputElement {
  return element("input", { type: "password", name, autocomplete: "off", required: "" });
}

/** Nobody used this phone yet, and there is no network or nobody is signed in. */
export function stranger(say: Say): readonly Child[] {
  const link = element("a", { href: "/sign-in/?next=/field/", class: "link" }, say("signInLink"));
  return [
    element("h1", {}, say("title")),
    element("p", { id: "stranger" }, say("signIn")),
    element("p", {}, link),
  ];
}

/** Somebody is signed in who is of no team: nothing here is theirs to write. */
export function ofNoTeam(say: Say): readonly Child[] {
  const out = element("a", { href: "/desk/", class: "link" }, say("today"));
  return [
    element("h1", {}, say("title")),
    element("p", { id: "stranger" }, say("ofNoTeam")),
    element("p", {}, out),
  ];
}

/** Their base was lost, and no copy of it is there: what it held alone is nowhere any more. */
export function withoutMemory(
  say: Say,
  tongue: Tongue,
  lost: readonly Account[],
): readonly Child[] {
  if (lost.length === 0) return [];
  const names = lost.map((who) => calledIn(who, tongue)).join(", ");
  const link = element("a", { href: "/sign-in/?next=/field/", class: "link" }, say("signInLink"));
  const why = element("p", { role: "alert", class: "alarm", id: "lost" });
  why.append(element("strong", {}, names), " ", say("memoryGone"));
  return [why, element("p", {}, link)];
}

/** The first time: a passcode, then this phone is made known. */
export function first(say: Say, here: Here, come: In): readonly Child[] {
  const [one, other] = [passcode("one"), passcode("other")];
  const { stands, note, button: go } = foot(say("begin"));
  const made = element(
    "form",
    { novalidate: "" },
    element("p", { class: "soft" }, say("passcodeHow")),
    field(say("passcode"), one),
    field(say("again"), other),
    stands,
  );
  const start = async (): Promise<void> => {
    const wrong = strongEnough(one.value, allNames(here))
      ? one.value !== other.value && "notAlike"
      : "tooWeak";
    if (wrong) {
      note.textContent = say(wrong);
      return;
    }
    go.disabled = true;
    note.textContent = say("wait");
    try {
      const [made, key] = [await copiedSigner(), recoveryKey()];
      const told = await enrol(made.signer.point, here.account);
      if (!told || !key) throw new Error("Nobody is signed in.");
      come(await begin(told, one.value, key, made));
    } catch {
      go.disabled = false;
      note.textContent = say("signIn");
    }
  };
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    void start();
  });
  return [element("h1", {}, say("choosePasscode")), made];
}

function digits(name: string): HTMLInputElement {
  return element("input", {
    type: "password",
    name,
    inputmode: "numeric",
    maxlength: "6",
    autocomplete: "off",
  });
}

/** The quick way in, while a PIN lasts; after that the passcode alone. */
function shortly(
  say: Say,
  chosen: () => Account | undefined,
  pins: ReadonlyMap<string, number>,
  come: In,
): HTMLFormElement {
  const code = digits("by-pin");
  const { stands, note, button: go } = foot(say("unlock"));
  const made = element("form", { novalidate: "" });
  const over = (detail = ""): void => {
    made.dataset.over = "yes";
    made.dispatchEvent(new CustomEvent("over", { detail }));
  };
  made.append(
    field(say("pin"), code),
    stands,
    button(say("byPasscode"), () => over(), { class: "plain" }),
  );
  const start = async (): Promise<void> => {
    const account = chosen();
    if (!account || !pins.has(account.account)) return;
    go.disabled = true;
    note.textContent = say("wait");
    const opened = await unlockByPin(account, code.value);
    if (typeof opened !== "number") return come(opened);
    go.disabled = false;
    code.value = "";
    if (opened === 0) return over(say("pinOver"));
    note.textContent = `${say("pinWrong")} ${opened}`;
  };
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    void start();
  });
  return made;
}

export function locked(
  say: Say,
  tongue: Tongue,
  people: readonly Account[],
  waiting: Waiting,
  pins: ReadonlyMap<string, number>,
  come: In,
): readonly Child[] {
  const who = element("select", { name: "who", "aria-label": say("another") });
  who.append(
    ...people.map((one) => element("option", { value: one.account }, calledIn(one, tongue))),
  );
  const chosen = (): Account | undefined => people.find((one) => one.account === who.value);
  const code = passcode("passcode");
  const stays = element("input", { type: "checkbox", name: "stays" });
  const quick = element("input", { type: "checkbox", name: "quick" });
  const pinned = digits("pin");
  const pin = field(say("pin"), pinned);
  pin.hidden = true;
  const { stands, note, button: go } = foot(say("unlock"));
  const made = element("form", { novalidate: "" });
  made.append(
    field(say("passcode"), code),
    element("label", { class: "check" }, stays, say("stayOpen")),
    element("label", { class: "check" }, quick, say("pinHow")),
    pin,
    stands,
  );
  const byPin = shortly(say, chosen, pins, come);
  const show = (): void => {
    const has = pins.has(who.value) && !byPin.dataset.over;
    byPin.hidden = !has;
    made.hidden = has;
  };
  who.addEventListener("change", show);
  byPin.addEventListener("over", (event) => {
    show();
    note.textContent = (event as CustomEvent<string>).detail; // this form is gone: said in that one
    code.focus();
  });
  quick.addEventListener("change", () => {
    pin.hidden = !quick.checked;
  });
  const start = async (): Promise<void> => {
    const account = chosen();
    if (!account) return;
    const digits = quick.checked ? pinned.value : "";
    if (quick.checked && !pinEnough(digits)) {
      note.textContent = say("pinWeak");
      return;
    }
    go.disabled = true;
    note.textContent = say("wait");
    const store = await unlock(account, code.value, stays.checked, digits);
    if (store) return come(store);
    go.disabled = false;
    note.textContent = say("wrong");
  };
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    void start();
  });
  show();
  const alone = people.length === 1 ? people[0] : undefined;
  const out = element("p", { role: "status" });
  const rescue = async (): Promise<void> => {
    const account = chosen();
    const file = account && (await writeLocked(account));
    if (file) download(file.data);
    const calls = account ? callsWaiting(account.base) : 0;
    const none = file ? "" : say("nothingWaits");
    out.textContent = calls ? say("callInNoFile") : none;
  };
  return [
    element("h1", {}, alone ? calledIn(alone, tongue) : say("title")),
    element(
      "p",
      { class: "soft" },
      waiting.here ? `${waiting.here} ${say("onlyHere")}` : say("allSent"),
    ),
    ...(waiting.words > 0
      ? [element("p", { role: "alert", class: "alarm" }, say("callLocked"))]
      : []),
    ...(people.length > 1 ? [who] : []),
    byPin,
    made,
    element(
      "details",
      {},
      element("summary", {}, say("forgotten")),
      element("p", {}, say("forgottenHow")),
      button(say("saveFile"), () => void rescue()),
      out,
    ),
    element(
      "details",
      {},
      element("summary", {}, say("another")),
      element("p", {}, say("anotherHow")),
      element("a", { href: "/sign-in/?next=/field/", class: "link" }, say("signInLink")),
    ),
  ];
}
