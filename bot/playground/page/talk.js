// What the page asks of the server, and tells whoever looks at it.

import { element } from "/text.js";

const get = (id) => document.getElementById(id);
const TOAST_MS = 4000;
const timers = {};

export function later(name, act, ms) {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(act, ms);
}

export async function ask(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `the server answered ${response.status}`);
  return answer;
}

export async function send(path, body, headers = {}) {
  try {
    return await ask(path, { method: "POST", headers, body });
  } catch (failure) {
    toast(failure.message);
    return null;
  }
}

export const post = (action, body) => send(`/play/${action}`, JSON.stringify(body), { "Content-Type": "application/json" });

export function toast(text) {
  get("toast").replaceChildren(element("span", {}, text));
  later("toast", () => get("toast").replaceChildren(), TOAST_MS);
}

export function alertWith(text) {
  get("alert-text").textContent = text;
  get("alert").showModal();
}
