// On a phone the chats and the inspector lie over the conversation, one at a time.

const get = (id) => document.getElementById(id);
const SHEETS = [["show-chats", "chats"], ["show-inspector", "inspector"]];

export function closeSheets() {
  for (const [button, sheet] of SHEETS) {
    get(sheet).classList.remove("open");
    get(button).setAttribute("aria-expanded", "false");
  }
}

export function wireSheets() {
  for (const [button, sheet] of SHEETS) {
    get(button).addEventListener("click", () => {
      const opens = !get(sheet).classList.contains("open");
      closeSheets();
      get(sheet).classList.toggle("open", opens);
      get(button).setAttribute("aria-expanded", String(opens));
    });
  }
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") closeSheets();
  });
}
