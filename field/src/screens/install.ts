/** The browser's offer to put the app among those of the phone, as a button of a screen. */
import type { App } from "../shell/app";
import { install, mayInstall } from "../shell/installing";
import { button, type Child } from "./parts";

/** Where the browser offers it: an installed app is the last that a full phone clears. */
export function installing(app: App): readonly Child[] {
  if (!mayInstall()) return [];
  const put = button(app.say("installHere"), () => {
    put.remove();
    void install();
  });
  return [put];
}
