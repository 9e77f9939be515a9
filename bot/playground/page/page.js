// The page: who one is, what happens, and what is sent.

import { addMessage, draw, drawAll, drawChats, drawDeeds, drawMenu, drawReplyKeys } from "/chat.js";
import { addCall, showCalls, showData, showFaults, showNow, showPresets, wireInspector } from "/inspector.js";
import { closeSheets, wireSheets } from "/sheets.js";
import { alertWith, ask, later, post, send, toast } from "/talk.js";
import { element } from "/text.js";

const get = (id) => document.getElementById(id);
const log = get("log");
const ACTION_MS = 5000;
const DATA_MS = 300;

// `missed` holds what is heard while a chat is being fetched; null when none is.
const state = { chats: [], chat: null, unread: new Map(), editing: null, missed: null, now: 0, bot: "" };

const view = {
  get language() { return state.chat?.language || undefined; },
  get isShared() { return state.chat?.type !== "private"; },
  get personId() { return view.isShared ? Number(get("as").value) : state.chat.id; },
  get here() { return { chat_id: state.chat.id, ...(view.isShared ? { person_id: view.personId } : {}) }; },
  now: () => state.now,
  isMine: (message) => !message.from_bot && (!view.isShared || message.from?.id === view.personId),
  isOwnLink: (address) => new RegExp(`^(https?://)?t\\.me/${state.bot}\\?start=`, "i").test(address),
  open: (address) => post("open", { chat_id: view.personId, address }),
  say: (text) => post("say", { ...view.here, text }),
  edit: beginEdit,
  press,
};

async function press(key, message) {
  const button = key.pressed;
  if (button.url) return view.open(button.url);
  if (button.copy_text) {
    await navigator.clipboard.writeText(button.copy_text.text);
    return toast("Copied");
  }
  if (!button.callback_data) return toast("This button does nothing in the playground");
  key.setAttribute("aria-busy", "true");
  const answer = await post("tap", { ...view.here, message_id: message.message_id, data: button.callback_data });
  key.removeAttribute("aria-busy");
  if (answer?.text) (answer.show_alert ? alertWith : toast)(answer.text);
  return undefined;
}

const listChats = () => drawChats(get("chat-list"), state, openChat);

async function openChat(chatId, { isQuiet = false } = {}) {
  state.missed = [];
  try {
    state.chat = await ask(`/play/chats/${chatId}`);
    state.unread.delete(chatId);
    localStorage.setItem("chat", String(chatId));
    cancelEdit();
    showWhoSpeaks();
    drawAll(log, state.chat, view);
    showAction("");
    showFrame();
    listChats();
  } finally {
    const missed = state.missed;
    state.missed = null;
    missed.forEach(hear);
  }
  if (isQuiet) return;
  closeSheets();
  if (matchMedia("(min-width: 801px)").matches && !get("composer").hidden) get("text").focus();
}

function showFrame() {
  const chat = state.chat;
  const isFresh = chat.type === "private" && !chat.is_started && chat.messages.length === 0;
  const isShut = isFresh || chat.is_blocked || chat.is_dead;
  get("chat-name").textContent = chat.name;
  get("chat-state").textContent = chat.is_dead ? "gone" : chat.is_blocked ? "has blocked the bot" : "";
  get("composer").hidden = isShut;
  get("big-button").hidden = !isShut || chat.is_dead;
  get("big-button").textContent = chat.is_blocked ? "Unblock the bot" : "Start";
  get("deeds").hidden = false;
  drawDeeds(get("deed-list"), chat, doDeed);
  get("menu-toggle").hidden = chat.commands.length === 0;
  drawMenu(get("menu"), chat.commands, sayFromMenu);
  toggleMenu(false);
  get("text").placeholder = drawReplyKeys(get("reply-keys"), chat, view);
}

async function doDeed(action) {
  get("deeds").open = false;
  await post(action, { chat_id: state.chat.id });
  await openChat(state.chat.id);
}

function showWhoSpeaks() {
  const people = state.chats.filter((chat) => state.chat.members.includes(chat.id));
  get("as-label").hidden = !view.isShared;
  get("as").replaceChildren(...people.map((chat) => element("option", { value: chat.id }, chat.name)));
}

function toggleMenu(isOpen) {
  get("menu").hidden = !isOpen;
  get("menu-toggle").setAttribute("aria-expanded", String(isOpen));
}

function sayFromMenu(command) {
  toggleMenu(false);
  view.say(command);
  get("text").focus();
}

const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;

function hearMessage({ message }) {
  if (state.chat.messages.some(({ message_id }) => message_id === message.message_id)) return;
  const follows = isAtEnd() || view.isMine(message);
  const wasShut = get("composer").hidden;
  state.chat.messages.push(message);
  addMessage(log, message, view);
  showAction("");
  if (wasShut) {
    state.chat.is_started = true;
    showFrame();
    get("text").focus();
  } else {
    get("text").placeholder = drawReplyKeys(get("reply-keys"), state.chat, view);
  }
  if (follows) log.scrollTop = log.scrollHeight;
}

function hearEdit({ message }) {
  const article = log.querySelector(`[data-id="${message.message_id}"]`);
  if (!article) return;
  state.chat.messages = state.chat.messages.map((old) => (old.message_id === message.message_id ? message : old));
  const hadFocus = article.contains(document.activeElement);
  const follows = isAtEnd();
  draw(article, message, view);
  if (hadFocus && !article.contains(document.activeElement)) (article.querySelector(".key") ?? get("text")).focus();
  if (follows) log.scrollTop = log.scrollHeight;
}

function hearDeletion({ message_id: gone }) {
  log.querySelector(`[data-id="${gone}"]`)?.remove();
  state.chat.messages = state.chat.messages.filter(({ message_id }) => message_id !== gone);
}

function showAction(action) {
  get("action").textContent = action ? `${state.chat.bot}: ${action.replaceAll("_", " ")}…` : "";
  later("action", () => { get("action").textContent = ""; }, ACTION_MS);
}

async function fetchData() {
  showData(state.has_data ? await ask("/play/data") : { Data: "This playground was given none." });
}

const HEARD_IN_CHAT = { message: hearMessage, edit: hearEdit, delete: hearDeletion, action: ({ subject }) => showAction(subject) };
const HEARD_ANYWHERE = {
  call: ({ call }) => addCall(call),
  faults: ({ subject }) => showFaults(subject),
  chat: refreshState,
  face: refreshState,
  clock: ({ subject }) => setNow(subject),
};

function hear(event) {
  if (event.kind !== "call") later("data", () => { if (get("data-panel").open) fetchData(); }, DATA_MS);
  if (HEARD_ANYWHERE[event.kind]) HEARD_ANYWHERE[event.kind](event);
  else if (state.missed) state.missed.push(event);
  else if (event.chat_id === state.chat?.id) HEARD_IN_CHAT[event.kind](event);
  else if (event.kind === "message" && event.message.from_bot) {
    state.unread.set(event.chat_id, (state.unread.get(event.chat_id) ?? 0) + 1);
    listChats();
  }
}

function setNow(instant) {
  state.now = Date.parse(instant) / 1000;
  showNow(instant);
}

async function refreshState() {
  const { now, ...known } = await ask("/play/state");
  Object.assign(state, known);
  setNow(now);
  showFaults(state.faults);
  get("clock-controls").hidden = !state.has_clock;
  get("clock-none").hidden = state.has_clock;
  get("tip-clock").hidden = !state.has_clock;
  if (state.chat) {
    const { messages: _, ...fresh } = await ask(`/play/chats/${state.chat.id}`);
    if (fresh.id === state.chat.id) Object.assign(state.chat, fresh);
    showFrame();
  }
  listChats();
}

function beginEdit(message) {
  state.editing = message.message_id;
  get("composer-note").hidden = false;
  get("text").value = message.text;
  get("text").focus();
}

function cancelEdit() {
  state.editing = null;
  get("composer-note").hidden = true;
  get("text").value = "";
}

async function sendText(event) {
  event.preventDefault();
  const text = get("text").value.trim();
  if (!text) return;
  const edit = { chat_id: state.chat.id, message_id: state.editing, text };
  if (await (state.editing === null ? view.say(text) : post("edit", edit))) cancelEdit();
}

async function sendFile(file) {
  if (!file || !state.chat) return;
  const form = new FormData();
  form.append("chat_id", view.personId);
  form.append("caption", get("text").value.trim());
  form.append("file", file, file.name);
  if (await send("/play/upload", form)) cancelEdit();
  get("file").value = "";
}

function wireTips() {
  get("tips").hidden = localStorage.getItem("tips") === "seen";
  get("tips-close").addEventListener("click", () => {
    localStorage.setItem("tips", "seen");
    get("tips").hidden = true;
    log.focus();
  });
  get("tip-start").addEventListener("click", () => view.say("/start"));
  get("tip-next").addEventListener("click", () => post("clock", { to: "next" }));
}

function wireComposer() {
  get("composer").addEventListener("submit", sendText);
  get("composer-cancel").addEventListener("click", cancelEdit);
  get("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) sendText(event);
  });
  get("as").addEventListener("change", () => drawAll(log, state.chat, view));
  get("menu-toggle").addEventListener("click", () => toggleMenu(get("menu").hidden));
  get("attach").addEventListener("click", () => get("file").click());
  get("file").addEventListener("change", () => sendFile(get("file").files[0]));
  get("big-button").addEventListener("click", () => (
    state.chat.is_blocked ? post("unblock", { chat_id: state.chat.id }) : view.say("/start")
  ));
}

function wireDrop(chat) {
  const mark = (isOver) => chat.classList.toggle("dropping", isOver);
  chat.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); });
  chat.addEventListener("dragleave", () => mark(false));
  chat.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    sendFile(event.dataTransfer.files[0]);
  });
}

async function addPerson(event) {
  event.preventDefault();
  const [name, language] = [get("person-name"), get("person-language")];
  const added = await post("person", { name: name.value.trim(), language: language.value });
  if (!added) return;
  name.value = "";
  await refreshState();
  await openChat(added.id);
}

async function catchUp() {
  await refreshState();
  showPresets(state.presets);
  showCalls(await ask("/play/calls"));
  const wanted = state.chat?.id ?? Number(localStorage.getItem("chat"));
  const chat = state.chats.find(({ id }) => id === wanted) ?? state.chats[0];
  if (chat) await openChat(chat.id, { isQuiet: true });
}

wireSheets();
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  toggleMenu(false);
  if (state.editing !== null) cancelEdit();
});
wireTips();
wireComposer();
wireDrop(get("chat"));
get("add-person").addEventListener("submit", addPerson);
wireInspector({ post, fetchData });

const events = new EventSource("/play/events");
events.addEventListener("open", catchUp);
events.addEventListener("message", ({ data }) => hear(JSON.parse(data)));
addEventListener("pagehide", () => events.close());
