// Formatted texts as elements. Everything is built from DOM calls: no text becomes markup.

const STYLES = { bold: "b", italic: "i", underline: "u", strikethrough: "s" };
const MARKED = new Set(["mention", "hashtag", "cashtag"]);

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function safeLink(address) {
  const whole = /^[a-z]+:/i.test(address) ? address : `http://${address}`;
  return /^(https?|tg):\/\//i.test(whole) ? whole : null;
}

export function clockTime(seconds, language) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(seconds * 1000);
}

export function dayName(seconds, language) {
  const parts = { weekday: "long", day: "numeric", month: "long" };
  return new Intl.DateTimeFormat(language, parts).format(seconds * 1000);
}

function relativeTime(seconds, now, language) {
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const gap = seconds - now;
  const [unit, size] = units.find(([, length]) => Math.abs(gap) >= length) ?? units[3];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(gap / size), unit);
}

// Telegram shows such a time in the zone and language of whoever reads it.
function formattedTime(entity, view) {
  const format = entity.date_time_format;
  if (!format) return null;
  if (format === "r") return relativeTime(entity.unix_time, view.now(), view.language);
  const parts = {};
  if (format.includes("w")) parts.weekday = "long";
  if (format.includes("d")) Object.assign(parts, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (format.includes("D")) Object.assign(parts, { day: "numeric", month: "long", year: "numeric" });
  if (/[tT]/.test(format)) Object.assign(parts, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (format.includes("T")) parts.second = "2-digit";
  return new Intl.DateTimeFormat(view.language, parts).format(entity.unix_time * 1000);
}

function link(address, children, view) {
  const target = safeLink(address);
  if (!target) return element("span", {}, ...children);
  if (view.isOwnLink(target)) {
    return element("button", { type: "button", class: "link", onclick: () => view.open(target) }, ...children);
  }
  return element("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function expandableQuote(children) {
  const quoted = element("span", { class: "quoted" }, ...children);
  const button = element("button", { type: "button", class: "fold", "aria-expanded": "false" }, "Show more");
  const quote = element("blockquote", { class: "folded", dir: "auto" }, quoted, button);
  button.addEventListener("click", () => {
    const isOpen = quote.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(!isOpen));
    button.textContent = isOpen ? "Show more" : "Show less";
  });
  // A short quote has nothing to unfold.
  new ResizeObserver(() => {
    if (!quote.classList.contains("folded") || quoted.clientHeight === 0) return;
    button.hidden = quoted.scrollHeight <= quoted.clientHeight + 1;
  }).observe(quoted);
  return quote;
}

function spoiler(children) {
  const text = element("span", { class: "hidden-text" }, ...children);
  const button = element(
    "button",
    { type: "button", class: "spoiler", "aria-expanded": "false", "aria-label": "Hidden text, show it" },
    text,
  );
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", "true");
    button.removeAttribute("aria-label");
  });
  return button;
}

function dressed(entity, text, children, view) {
  if (STYLES[entity.type]) return element(STYLES[entity.type], {}, ...children);
  if (MARKED.has(entity.type)) return element("span", { class: "link" }, ...children);
  switch (entity.type) {
    case "spoiler": return spoiler(children);
    case "code": return element("code", {}, ...children);
    case "pre": return element("pre", {}, element("code", {}, ...children));
    case "blockquote": return element("blockquote", { dir: "auto" }, ...children);
    case "expandable_blockquote": return expandableQuote(children);
    case "text_link": return link(entity.url, children, view);
    case "url": return link(text, children, view);
    case "email": return element("span", { class: "link" }, ...children);
    case "bot_command":
      return element("button", { type: "button", class: "link", onclick: () => view.say(text) }, ...children);
    case "date_time": {
      const moment = new Date(entity.unix_time * 1000).toISOString();
      return element("time", { datetime: moment, title: text }, formattedTime(entity, view) ?? text);
    }
    default: return element("span", {}, ...children);
  }
}

// Entities are nested and never cross, so each holds those that begin inside it.
function nodes(text, entities, from, to, view) {
  const made = [];
  let at = from;
  let next = 0;
  while (next < entities.length) {
    const entity = entities[next];
    const end = entity.offset + entity.length;
    let last = next + 1;
    while (last < entities.length && entities[last].offset < end) last += 1;
    if (entity.offset > at) made.push(text.slice(at, entity.offset));
    const inner = nodes(text, entities.slice(next + 1, last), entity.offset, end, view);
    made.push(dressed(entity, text.slice(entity.offset, end), inner, view));
    at = end;
    next = last;
  }
  if (to > at) made.push(text.slice(at, to));
  return made;
}

// A quote stands on lines of its own, so the breaks beside it would show twice.
function withoutDoubledBreaks(made) {
  const isBlock = (node) => node instanceof HTMLElement && ["BLOCKQUOTE", "PRE"].includes(node.tagName);
  return made.map((node, index) => {
    if (typeof node !== "string") return node;
    let shown = node;
    if (isBlock(made[index - 1])) shown = shown.replace(/^\n/, "");
    if (isBlock(made[index + 1])) shown = shown.replace(/\n$/, "");
    return shown;
  });
}

export function formatted(text, entities, view) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return withoutDoubledBreaks(nodes(text, sorted, 0, text.length, view));
}
