import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { told } from "./keep";
import { NOW, phone, push, Server } from "./testing";

test("what was taken back at headquarters counts on its own phone no more, and again once it is back", async () => {
  const store = await phone(1);
  const mine = (await store.recs.toArray())[0]?.id ?? "";
  const server = new Server();
  await push(store, server.send, () => NOW);
  const tell = async (line: Record<string, unknown>, to: string): Promise<void> => {
    server.lines = [
      { sc: "mission:m" },
      { t: "visits", r: mine, ...line },
      { sc: "mission:m", to },
    ];
    await push(store, server.send, () => NOW);
  };
  await tell({ d: { count: 66 } }, "9.aaaaaaaa");
  await tell({ gone: true }, "10.bbbbbbbb");
  expect(await told(store, mine)).toMatchObject({ gone: true, data: { count: 66 } });
  await tell({ d: { count: 67 } }, "11.cccccccc");
  expect([(await told(store, mine))?.gone, (await told(store, mine))?.data.count]).toEqual([
    undefined,
    67,
  ]);
});
