/** What the app's first form kept, before there were passcodes: sent as it was, then left alone. */
import Dexie, { type Table } from "dexie";
import { body, type Send } from "./push";

interface Line {
  readonly q: number;
  readonly text: string;
  readonly h: string;
  readonly state: string;
}

const NAME = "marrow-field";

export async function sendOlder(send: Send): Promise<void> {
  if (!(await Dexie.exists(NAME))) return;
  const base = await new Dexie(NAME, { chromeTransactionDurability: "strict" }).open();
  const lines = base.table("lines") as Table<Line, number>;
  const told = await base.table("meta").get("enrolment");
  const waiting = await lines.where("state").equals("queued").sortBy("q");
  const first = waiting[0];
  if (told && first) {
    const { inst, token, base: start = 0 } = told.value;
    const before = first.q - start === 1 ? "" : ((await lines.get(first.q - 1))?.h ?? "");
    const texts = waiting.map((line) => line.text);
    const answer = await send(body(inst, first.q - start, texts, before, new Date()), token);
    const held = waiting.filter((line) => !answer.fork && line.q - start <= answer.ack);
    await lines
      .where("q")
      .anyOf(held.map((line) => line.q))
      .modify({ state: "on_server" });
  }
  base.close();
}
