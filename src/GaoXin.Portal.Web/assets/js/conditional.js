import { holds } from "./expressions.js";

/**
 * Shows an element only while something holds for the answers of its form: data-gx-show-when="field=a|b" for one field
 * ("field" alone: any value), or data-gx-when with a condition of a service definition as JSON, for a row with
 * data-gx-row="group/rowId/" before the names. Hidden answers are still posted; the server decides what counts.
 */
export function conditional(root) {
  const parts = [...root.querySelectorAll("[data-gx-show-when], [data-gx-when]:not([data-gx-when=\"\"])")];
  if (parts.length === 0) return;
  const update = () => parts.forEach((part) => (part.hidden = !shown(part)));
  root.addEventListener("change", update);
  addEventListener("pageshow", update);
  update();
}

function shown(part) {
  const form = part.closest("form");
  if (!form) return true;
  const data = new FormData(form);
  const read = (name) => data.getAll(name).filter((value) => value !== "");
  if (!part.dataset.gxWhen) return simple(part.dataset.gxShowWhen, read);
  const row = part.dataset.gxRow ?? "";
  const value = (key) => {
    const here = row && form.elements.namedItem(row + key) ? read(row + key) : read(key);
    return here.length > 1 ? here : (here[0] ?? null);
  };
  return holds(JSON.parse(part.dataset.gxWhen), value) ?? !part.hidden;
}

function simple(rule, read) {
  const equals = rule.indexOf("=");
  const name = equals < 0 ? rule : rule.slice(0, equals);
  const wanted = equals < 0 ? null : rule.slice(equals + 1).split("|");
  const values = read(name);
  return wanted ? values.some((value) => wanted.includes(value)) : values.length > 0;
}
