import { worry } from "../see/safety";
import { type App, dayOf, type Shown } from "../shell/app";
import { unreadOf } from "./ask";
import { calling, lastSaid } from "./calls";
import { installing } from "./install";
import { button, type Child, element, isReading, row } from "./parts";
import { toSignOf } from "./sign";

const SHOWN = 30; // records of today that stand at once

/** Three big things, then what was recorded today. */
export async function home(app: App): Promise<readonly Child[]> {
  const now = app.now();
  const lang = { en: "en-GB", zh: "zh-CN", fr: "fr" }[app.tongue];
  const weekday = new Intl.DateTimeFormat(lang, { weekday: "long" }).format(now);
  const { latest, word, since, read, signed } = await app.glance(SHOWN);
  const written = latest.filter((rec) => dayOf(app.made(rec)) === dayOf(now));
  const today = written.filter((rec) => !isReading(rec));
  const said = await lastSaid(app, word);
  const help = said?.data.state === "NEEDS_HELP";
  const last = said ? lastWord(app, said, now, lang) : app.say("noWord");
  if (!app.mission) {
    return [element("p", { class: "note" }, app.say("noBatch")), foot(app)];
  }
  const late = worry(since && app.noted(since), now);
  const alarm = element("a", { href: "#safe", class: "alarm" });
  alarm.textContent = late === "none" ? "" : app.say(late === "week" ? "week" : "monthLate");
  const fresh = unreadOf(app, read).length;
  const asked = fresh ? `${fresh} ${app.say("answersWait")}` : app.say("askWhat");
  const toDo = toSignOf(app, signed).length;
  const more: readonly (readonly [string, string])[] = [
    ["#sign", toDo ? `${app.say("sign")} (${toDo})` : app.say("sign")],
    ["#month", app.say("month")],
    ["#team", app.say("myTeam")],
  ];
  return [
    ...(await calling(app, word)),
    ...(late === "none" ? [] : [alarm]),
    element("h1", {}, `${app.say("today")}${app.tongue === "zh" ? "，" : ", "}${weekday}`),
    element(
      "nav",
      { class: "big", "aria-label": app.say("title") },
      tile("#record", app.say("record"), app.say("recordWhat"), "+", "first"),
      tile(
        "#check-in",
        app.say("checkIn"),
        last,
        help ? "!" : said ? "✓" : "›",
        help ? "help" : "",
      ),
      tile("#ask", app.say("ask"), asked, fresh ? "●" : "›", ""),
    ),
    element(
      "nav",
      { class: "small", "aria-label": app.say("others") },
      ...more.map(([href, text]) => element("a", { href }, text)),
    ),
    element("h2", {}, app.say("recorded")),
    today.length
      ? element("ul", { class: "log" }, ...today.map((rec) => row(app, rec)))
      : element("p", { class: "soft" }, app.say("nothingYet")),
    ...(written.length < SHOWN
      ? []
      : [
          element(
            "p",
            { class: "soft" },
            element("a", { href: "#month", class: "link" }, app.say("allInMonth")),
          ),
        ]),
    ...installing(app),
    foot(app),
  ];
}

/** When it was said; and when it arrived, where that was on another day. Both by the server's clock. */
function lastWord(
  app: App,
  word: Pick<Shown, "data" | "at" | "came" | "slow">,
  now: Date,
  lang: string,
): string {
  const time = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit" });
  const moment = (at: Date): string =>
    `${dayOf(at) === dayOf(now) ? "" : `${dayOf(at)} `}${time.format(at)}`;
  const made = app.made(word);
  const came = word.came === undefined ? made : new Date(word.came);
  const parts = [`${app.say("lastWord")} ${moment(made)}`];
  if (dayOf(came) !== dayOf(made)) parts.push(`${app.say("on_server")} ${moment(came)}`);
  if (word.data.state === "NEEDS_HELP") parts.push(app.say("NEEDS_HELP"));
  return parts.join(" · ");
}

function tile(href: string, text: string, small: string, sign: string, kind: string): HTMLElement {
  return element(
    "a",
    { href, class: kind },
    element("span", {}, text, element("small", {}, small)),
    element("span", { "aria-hidden": "true" }, sign),
  );
}

function foot(app: App): HTMLElement {
  return element(
    "p",
    { class: "foot" },
    element("a", { href: "#safe" }, app.say("isSafe")),
    button(app.say("lock"), () => document.dispatchEvent(new Event("marrow-lock")), {
      class: "plain",
    }),
  );
}
