/** Whether the page is open inside another app, whose browser forgets and is not installed from. */

const APPS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/i, "WeChat 微信"],
  [/\bQQ\//i, "QQ"],
  [/Weibo/i, "Weibo 微博"],
  [/DingTalk/i, "DingTalk 钉钉"],
  [/WhatsApp/i, "WhatsApp"],
  [/\bFB(AN|AV|_IAB)\b/i, "Facebook"],
  [/Messenger(ForiOS|LiteForiOS)/i, "Messenger"],
  [/Instagram/i, "Instagram"],
  [/\bLine\//i, "LINE"],
  [/Telegram/i, "Telegram"],
  [/\bViber\b/i, "Viber"],
];

/** The name of that app; undefined in a browser of its own. */
export function insideOf(agent: string): string | undefined {
  return APPS.find(([sign]) => sign.test(agent))?.[1];
}
