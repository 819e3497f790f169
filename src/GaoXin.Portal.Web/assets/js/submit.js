import { announce } from "./status.js";
import { settled } from "./autosave.js";

const slow = 1000;
const sent = new WeakSet();

/** A form is sent once: the second press does nothing, and after a second the page says that it is busy. */
export function submitOnce(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-gx-repeatable")) return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }

    const pending = settled(form);
    if (pending) {
      event.preventDefault();
      pending.then(() => form.requestSubmit(event.submitter));
      return;
    }

    sent.add(form);
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(() => sent.has(form) && announce(form, "正在提交，请稍候"), slow);
  });

  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of root.forms) sent.delete(form);
    for (const button of root.querySelectorAll("form [type=submit][aria-disabled], form button[aria-disabled]")) button.removeAttribute("aria-disabled");
  });
}
