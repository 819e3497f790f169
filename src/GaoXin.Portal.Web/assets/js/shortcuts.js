const store = "gx-keys";
const typing = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]";

/**
 * Single keys for staff, only on pages with data-gx-shortcuts on the body, never while typing, and off for good with the
 * switch data-gx-keys-toggle (WCAG 2.1.4). J and K walk the rows data-gx-row, Enter opens the row's first link, ? opens
 * the list of keys, and any other key presses the control marked data-gx-key with that letter.
 */
export function shortcuts(root) {
  if (!root.body.hasAttribute("data-gx-shortcuts")) return;
  const toggle = root.querySelector("[data-gx-keys-toggle]");
  const on = () => localStorage.getItem(store) !== "off";
  const show = () => toggle?.setAttribute("aria-pressed", String(on()));
  if (toggle) toggle.hidden = false;
  toggle?.addEventListener("click", () => {
    localStorage.setItem(store, on() ? "off" : "on");
    show();
  });
  show();
  root.addEventListener("keydown", (event) => {
    if (!on() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches?.(typing)) return;
    if (press(root, event.key)) event.preventDefault();
  });
}

function press(root, key) {
  const lower = key.toLowerCase();
  if (lower === "j" || lower === "k") return walk(root, lower === "j" ? 1 : -1);
  if (key === "Enter") return openRow(root);
  if (key === "?") return help(root);
  const control = key.length === 1 && root.querySelector(`[data-gx-key="${CSS.escape(lower)}"]`);
  if (!control || control.closest("[hidden]")) return false;
  if (control.matches(typing)) control.focus();
  else control.click();
  // What a summary opens is confirmed with the keyboard too: the next Tab stands inside.
  if (control.matches("summary")) control.focus();
  return true;
}

function walk(root, step) {
  const rows = [...root.querySelectorAll("[data-gx-row]")];
  if (rows.length === 0) return false;
  const now = rows.findIndex((row) => row.classList.contains("is-sel"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, now + step))];
  rows.forEach((row) => row.classList.toggle("is-sel", row === next));
  next.querySelector("a, button")?.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function openRow(root) {
  if (root.activeElement !== root.body && root.activeElement?.closest("a, button, summary, input")) return false;
  const link = root.querySelector("[data-gx-row].is-sel a");
  link?.click();
  return Boolean(link);
}

function help(root) {
  const list = root.querySelector("details[data-gx-keys]");
  if (!list) return false;
  list.open = !list.open;
  list.querySelector("summary").focus();
  return true;
}
