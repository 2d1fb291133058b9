/** What the app's first form kept, before there were passcodes: sent as it was, then left alone. */
import Dexie, { type Table } from "dexie";
import { enrol } from "../shell/net";
import { type Answer, body, Idle, type Send, SignedOut } from "./push";

interface Line {
  readonly q: number;
  readonly text: string;
  readonly h: string;
  readonly state: string;
}

const NAME = "marrow-field";

interface Older {
  readonly inst: string;
  readonly token: string;
  readonly account?: string;
  readonly base?: number;
}

export async function sendOlder(send: Send): Promise<void> {
  if (!(await Dexie.exists(NAME))) return;
  const base = await new Dexie(NAME, { chromeTransactionDurability: "strict" }).open();
  const lines = base.table("lines") as Table<Line, number>;
  const told = await base.table("meta").get("enrolment");
  const waiting = await lines.where("state").equals("queued").sortBy("q");
  const first = waiting[0];
  if (told && first) {
    const me = told.value as Older;
    const { inst, base: start = 0 } = me;
    const before = first.q - start === 1 ? "" : ((await lines.get(first.q - 1))?.h ?? "");
    const texts = waiting.map((line) => line.text);
    const push = body(inst, first.q - start, texts, before, new Date());
    const answer = await heard(me, () => send(push, me.token));
    const held = waiting.filter((line) => !answer.fork && line.q - start <= answer.ack);
    await lines
      .where("q")
      .anyOf(held.map((line) => line.q))
      .modify({ state: "on_server" });
  }
  base.close();
}

/** Sent; where it was silent for too long, once its person is signed in. */
async function heard(me: Older, push: () => Promise<Answer>): Promise<Answer> {
  try {
    return await push();
  } catch (trouble) {
    if (!(trouble instanceof Idle)) throw trouble;
    if (!(await enrol("", me.account ?? "", me.token)))
      throw new SignedOut("It is not this person who is signed in.");
    return push();
  }
}
