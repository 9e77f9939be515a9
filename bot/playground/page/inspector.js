// The right-hand column: clock, faults, data and calls.

import { element } from "/text.js";

const MOST_CALLS = 200;
const NOW = new Intl.DateTimeFormat(undefined, {
  weekday: "short", day: "numeric", month: "short", year: "numeric",
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
});
const get = (id) => document.getElementById(id);

export function showNow(instant) {
  const moment = new Date(instant);
  const shown = NOW.format(moment);
  get("now").textContent = shown;
  get("clock-now").textContent = shown;
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  get("clock-to").value = local.toISOString().slice(0, 16);
}

export function showFaults(faults) {
  get("fault-count").textContent = faults.length ? String(faults.length) : "";
  get("fault-list").replaceChildren(...faults.map((fault) => {
    const often = fault.times === null ? "always" : `${fault.times - fault.struck} to come`;
    const effect = fault.accepted ? ", takes effect" : "";
    return element("li", {}, `${fault.kind} on ${fault.method === "*" ? "any call" : fault.method}: ${often}${effect}`);
  }));
}

export function showPresets(presets) {
  get("fault").replaceChildren(...presets.map((name) => element("option", {}, name)));
}

function drawCall(call) {
  const hasFailed = call.status !== 200 || call.fault;
  const state = call.fault ? `${call.status} ${call.fault}` : String(call.status);
  const summary = element(
    "summary",
    {},
    element("span", { class: "method" }, call.method),
    element("span", { class: hasFailed ? "failed" : "muted" }, state),
    element("span", { class: "muted" }, `${call.milliseconds} ms`),
  );
  const details = element("details", {}, summary);
  // The JSON is written when somebody wants to read it.
  details.addEventListener("toggle", () => {
    const shown = { parameters: call.parameters, answer: call.answer };
    details.append(element("pre", {}, JSON.stringify(shown, null, 2)));
  }, { once: true });
  return details;
}

export function addCall(call) {
  const calls = get("calls");
  calls.prepend(drawCall(call));
  while (calls.children.length > MOST_CALLS) calls.lastChild.remove();
  get("call-count").textContent = String(calls.children.length);
}

export function showCalls(calls) {
  get("calls").replaceChildren(...calls.slice(-MOST_CALLS).reverse().map(drawCall));
  get("call-count").textContent = calls.length ? String(get("calls").children.length) : "";
}

function table(rows) {
  const names = [...new Set(rows.flatMap(Object.keys))];
  const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)));
  const lines = rows.map((row) => element("tr", {}, ...names.map((name) => element("td", {}, plain(row[name])))));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...lines));
}

function plain(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function isRows(value) {
  return Array.isArray(value) && value.length > 0 && value.every((row) => row && typeof row === "object" && !Array.isArray(row));
}

export function showData(data) {
  get("data").replaceChildren(...Object.entries(data).flatMap(([name, value]) => {
    const shown = isRows(value) ? table(value) : element("pre", {}, typeof value === "string" ? value : JSON.stringify(value, null, 2));
    return [element("h3", {}, name), shown];
  }));
}

export function wireInspector({ post, fetchData }) {
  const move = (to) => post("clock", { to });
  get("clock-next").addEventListener("click", () => move("next"));
  for (const button of document.querySelectorAll("[data-clock]")) {
    button.addEventListener("click", () => move(button.dataset.clock));
  }
  get("clock-set").addEventListener("submit", (event) => {
    event.preventDefault();
    move(new Date(get("clock-to").value).toISOString());
  });
  get("fault-form").addEventListener("submit", (event) => {
    event.preventDefault();
    post("fault", { preset: get("fault").value });
  });
  get("faults-clear").addEventListener("click", () => post("clear_faults", {}));
  get("data-panel").addEventListener("toggle", () => {
    if (get("data-panel").open) fetchData();
  });
}
