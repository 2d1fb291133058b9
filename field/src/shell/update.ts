/**
 * A new version never takes over while somebody writes: every open page is asked, and one that has
 * a form open says no.
 */

import { button } from "../screens/parts";
import type { Say } from "../words/words";

const PATIENCE = 400; // ms that other pages have to say no

/** The part of a BroadcastChannel that a vote needs. */
export interface Channel {
  postMessage(told: unknown): void;
  addEventListener(name: "message", heard: (event: { data: unknown }) => void): void;
  removeEventListener(name: "message", heard: (event: { data: unknown }) => void): void;
}

/** Whether something is being written on this page. */
export function writes(page: Document = document): boolean {
  return page.querySelector("#screen form") !== null;
}

/** Answer the votes of other pages. */
export function voter(channel: Channel, busy: () => boolean): void {
  channel.addEventListener("message", (event) => {
    if (event.data === "may-i" && busy()) channel.postMessage("no");
  });
}

/** Whether no page of this app has a form open. */
export async function allAgree(
  channel: Channel,
  busy: () => boolean,
  patience = PATIENCE,
): Promise<boolean> {
  if (busy()) return false;
  return new Promise((done) => {
    const heard = (event: { data: unknown }): void => {
      if (event.data === "no") end(false);
    };
    const end = (agreed: boolean): void => {
      channel.removeEventListener("message", heard);
      clearTimeout(late);
      done(agreed && !busy());
    };
    const late = setTimeout(() => end(true), patience);
    channel.addEventListener("message", heard);
    channel.postMessage("may-i");
  });
}

/** Take a new version when one waits and all agree; tell when it is not the time yet. */
export async function takeUpdate(
  registration: ServiceWorkerRegistration,
  channel: Channel,
): Promise<boolean> {
  const waiting = registration.waiting;
  if (!waiting || !(await allAgree(channel, () => writes()))) return false;
  waiting.postMessage("take-over");
  return true;
}

/** A new version is told of; it comes when it is asked for and nobody writes. */
export async function updates(say: Say, fresh: HTMLElement, note: HTMLElement): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const votes = new BroadcastChannel("marrow-update");
  voter(votes, () => writes());
  const held = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" });
  const controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controlled && !writes()) location.reload();
  });
  const tell = (): void => {
    if (!held.waiting || !controlled) return;
    const go = async (): Promise<void> => {
      const word = writes() ? "laterHere" : "laterVersion";
      if (!(await takeUpdate(held, votes))) note.textContent = say(word);
    };
    const take = button(say("takeVersion"), () => void go(), { class: "plain" });
    fresh.replaceChildren(say("newVersion"), " ", take);
  };
  held.addEventListener("updatefound", () => {
    held.installing?.addEventListener("statechange", tell);
  });
  tell();
}
