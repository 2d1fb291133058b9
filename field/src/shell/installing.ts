/** The browser's own offer to put the app among those of the phone, kept until somebody takes it. */

interface Offer extends Event {
  prompt(): Promise<unknown>;
}

let offer: Offer | undefined;

export function keepOffer(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault(); // it is made on our page, in the reader's words
    offer = event as Offer;
  });
  window.addEventListener("appinstalled", () => {
    offer = undefined;
    void navigator.storage?.persist?.();
  });
}

export const mayInstall = (): boolean => offer !== undefined;

/** The browser asks; an offer is taken or left once. */
export async function install(): Promise<void> {
  const made = offer;
  offer = undefined;
  await made?.prompt();
}
