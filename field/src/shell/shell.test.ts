import { expect, test } from "vitest";
import { insideOf } from "./inside";
import { allAgree, voter } from "./update";

test("a chat app's own browser is known by its name, and a browser is left alone", () => {
  const chrome =
    "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36";
  for (const [more, name] of [
    ["MicroMessenger/8.0.49(0x2800) NetType/2G", "WeChat 微信"],
    ["WhatsApp/2.24", "WhatsApp"],
    ["[FBAN/EMA;FBLC/fr_FR]", "Facebook"],
    ["Line/13.1.0", "LINE"],
    ["QQ/8.9 V1_AND", "QQ"],
  ] as const) {
    expect(insideOf(`${chrome} ${more}`)).toBe(name);
  }
  expect(insideOf(chrome)).toBeUndefined();
  expect(insideOf("Mozilla/5.0 (iPhone) Version/18.0 Mobile/15E148 Safari/604.1")).toBeUndefined();
  expect(insideOf(`${chrome} MQQBrowser/15`), "a browser of its own").toBeUndefined();
});

const channel = (): BroadcastChannel => new BroadcastChannel("vote-test");

test("a new version takes over only when no page has a form open", async () => {
  const [mine, quiet, busy] = [channel(), channel(), channel()];
  let writing = true;
  voter(quiet, () => false);
  voter(busy, () => writing);
  expect(await allAgree(mine, () => false, 1_000)).toBe(false);
  writing = false;
  expect(await allAgree(mine, () => false, 1_000)).toBe(true);
  expect(await allAgree(mine, () => true, 1_000), "this page itself").toBe(false);
  for (const one of [mine, quiet, busy]) one.close();
});
