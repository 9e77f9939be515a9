// One chat as a person sees it: its messages, and what stands around them.

import { clockTime, dayName, element, formatted, safeLink } from "/text.js";

function keyFor(button, message, view) {
  const style = button.style ?? "";
  if (button.url && !view.isOwnLink(button.url)) {
    const target = safeLink(button.url);
    const key = element("a", { class: "key", "data-style": style, rel: "noopener noreferrer", target: "_blank" });
    if (target) key.href = target;
    key.append(button.text, element("span", { "aria-hidden": "true" }, "↗"));
    return key;
  }
  const key = element("button", { type: "button", class: "key", "data-style": style }, button.text);
  key.addEventListener("click", () => view.press(key, message));
  return key;
}

// Focus must stay on a pressed button, so those that stay in their place are kept.
function refreshKeys(keys, rows, message, view) {
  while (keys.children.length > rows.length) keys.lastChild.remove();
  rows.forEach((row, y) => {
    const line = keys.children[y] ?? keys.appendChild(element("div", { class: "key-row" }));
    while (line.children.length > row.length) line.lastChild.remove();
    row.forEach((button, x) => {
      const old = line.children[x];
      const fresh = keyFor(button, message, view);
      if (old && old.tagName === "BUTTON" && fresh.tagName === "BUTTON") {
        old.textContent = button.text;
        old.dataset.style = button.style ?? "";
        old.pressed = button;
      } else {
        fresh.pressed = button;
        if (old) old.replaceWith(fresh);
        else line.append(fresh);
      }
    });
  });
}

function meta(message, view) {
  const made = [];
  if (message.is_silent) {
    made.push(element("span", {}, "silent"));
  }
  if (message.edit_date) made.push(element("span", { class: "edited" }, "edited"));
  if (view.isMine(message) && message.text) {
    made.push(element("button", { type: "button", class: "link", "aria-label": `Edit “${message.text.slice(0, 40)}”`, onclick: () => view.edit(message) }, "edit"));
  }
  made.push(element("span", {}, clockTime(message.date, view.language)));
  return made;
}

function body(message, view) {
  const made = [];
  if (view.isShared && !message.from_bot) made.push(element("p", { class: "sender" }, message.sender));
  const answered = message.reply_to_message;
  if (answered) made.push(element("span", { class: "answered", dir: "auto" }, answered.text ?? answered.caption ?? "a file"));
  if (message.forward_date) made.push(element("p", { class: "muted" }, "forwarded"));
  if (message.document) {
    const size = `${Math.max(1, Math.round(message.document.file_size / 1024))} KB`;
    made.push(element("a", { class: "document", href: message.file, download: message.document.file_name }, message.document.file_name, element("span", { class: "muted" }, size)));
  }
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities;
  if (text) made.push(element("div", { class: "text", dir: "auto" }, ...formatted(text, entities, view)));
  made.push(element("div", { class: "meta" }, ...meta(message, view)));
  return made;
}

export function draw(article, message, view) {
  const inline = message.keyboard?.kind === "inline" ? message.keyboard.rows : [];
  article.setAttribute("aria-label", `${message.sender}, ${clockTime(message.date, view.language)}`);
  article.querySelector(".bubble").replaceChildren(...body(message, view));
  refreshKeys(article.querySelector(".keys"), inline, message, view);
}

function drawNew(message, view) {
  if (message.note) return element("p", { class: "note", "data-id": message.message_id }, message.note);
  const side = view.isMine(message) ? "message mine" : "message";
  const article = element("article", { class: side, "data-id": message.message_id });
  article.append(element("div", { class: "bubble" }), element("div", { class: "keys" }));
  draw(article, message, view);
  return article;
}

export function addMessage(log, message, view) {
  log.querySelector(".about")?.remove();
  const day = dayName(message.date, view.language);
  if (log.dataset.day !== day || log.children.length === 0) log.append(element("p", { class: "day" }, day));
  log.dataset.day = day;
  log.append(drawNew(message, view));
}

export function drawAll(log, chat, view) {
  log.replaceChildren();
  const about = chat.description || `This is the beginning of the chat with ${chat.bot}.`;
  if (chat.messages.length === 0) log.append(element("p", { class: "about", dir: "auto" }, about));
  chat.messages.forEach((message) => addMessage(log, message, view));
  log.scrollTop = log.scrollHeight;
}

export function drawReplyKeys(place, chat, view) {
  const last = chat.messages.findLast(({ keyboard }) => keyboard && keyboard.kind !== "inline");
  const rows = last?.keyboard.kind === "keyboard" ? last.keyboard.rows : [];
  place.hidden = rows.length === 0;
  place.replaceChildren(...rows.map((row) => element("div", { class: "key-row" }, ...row.map((button) => element(
    "button",
    { type: "button", class: "key", onclick: () => view.say(button.text) },
    button.text,
  )))));
  return last?.keyboard.placeholder || "Message";
}

export function drawMenu(place, commands, choose) {
  place.replaceChildren(...commands.map(({ command, description }) => element("li", {}, element(
    "button",
    { type: "button", onclick: () => choose(`/${command}`) },
    element("strong", {}, `/${command}`),
    description,
  ))));
}

const IN_GROUPS = [["kick_bot", "Kick the bot"], ["add_bot", "Add the bot"], ["promote_bot", "Make the bot an admin"]];
const DEEDS = {
  private: [["block", "Block the bot"], ["deactivate", "Delete the account"]],
  group: [...IN_GROUPS, ["migrate", "Make it a supergroup"]],
  supergroup: IN_GROUPS,
  channel: IN_GROUPS,
};

export function drawDeeds(place, chat, act) {
  place.replaceChildren(...DEEDS[chat.type].map(([action, label]) => element(
    "button",
    { type: "button", onclick: () => act(action) },
    label,
  )));
}

export function drawChats(place, { chats, chat: current, unread }, choose) {
  place.replaceChildren(...chats.map((chat) => {
    const news = unread.get(chat.id) ?? 0;
    const count = element("span", { class: "count" }, news ? String(news) : "");
    if (news) count.append(element("span", { class: "visually-hidden" }, " new messages"));
    return element("li", {}, element(
      "button",
      { type: "button", "aria-current": String(chat.id === current?.id), onclick: () => choose(chat.id) },
      element("span", { class: "avatar", "aria-hidden": "true" }, [...chat.name][0] ?? "?"),
      element("span", { class: "who" }, element("bdi", {}, chat.name)),
      element("span", { class: "tag" }, chat.type === "private" ? chat.language : chat.type),
      count,
    ));
  }));
}
