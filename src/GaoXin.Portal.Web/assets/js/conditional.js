/**
 * Shows an element marked data-gx-show-when="field=a|b" only while that field has one of the values ("field" alone: any
 * value). Hidden answers are still posted; the server decides what counts.
 */
export function conditional(root) {
  const parts = [...root.querySelectorAll("[data-gx-show-when]")];
  if (parts.length === 0) return;
  const update = () => parts.forEach((part) => (part.hidden = !holds(part)));
  root.addEventListener("change", update);
  addEventListener("pageshow", update);
  update();
}

function holds(part) {
  const rule = part.dataset.gxShowWhen;
  const equals = rule.indexOf("=");
  const name = equals < 0 ? rule : rule.slice(0, equals);
  const wanted = equals < 0 ? null : rule.slice(equals + 1).split("|");
  const form = part.closest("form");
  if (!form) return true;
  const values = new FormData(form).getAll(name).filter((value) => value !== "");
  return wanted ? values.some((value) => wanted.includes(value)) : values.length > 0;
}
