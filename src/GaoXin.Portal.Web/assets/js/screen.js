import { fetchPart } from "./live.js";
import { announcer } from "./announce.js";
import { timeOf } from "./status.js";

const poll = 3000;
const stale = 10000;

/**
 * A calling screen: fetches its content when the server says that something moved, every three seconds when the server
 * cannot say it, and shows a banner when nothing was heard for ten seconds. New calls are announced one after the other.
 */
export function screen(root) {
  const page = root.querySelector("[data-gx-screen]");
  if (!page) return;
  const content = page.querySelector("[data-gx-content]");
  const banner = page.querySelector("[data-gx-stale]");
  const announce = announcer(root, page);
  let heard = Date.now();
  let seen = newest(content);
  let shown = "";
  let fetching = false;
  let again = false;

  const refresh = async () => {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    const html = await fetchPart(page.dataset.gxPart);
    fetching = false;
    if (html !== null) {
      heard = Date.now();
      content.innerHTML = html;
      for (const call of calls(content).filter((c) => c.id > seen)) announce(call);
      seen = Math.max(seen, newest(content));
      page.querySelector(".sc-call")?.classList.toggle("is-new", Date.now() - announce.last() < poll);
    }
    if (again) {
      again = false;
      refresh();
    }
  };

  const stream = new EventSource(page.dataset.gxScreen);
  stream.addEventListener("hall", (event) => {
    heard = Date.now();
    if (event.data === shown) return;
    shown = event.data;
    refresh();
  });
  setInterval(() => {
    if (stream.readyState !== EventSource.OPEN) refresh();
    banner.hidden = Date.now() - heard < stale;
    const clock = page.querySelector("[data-gx-clock] strong");
    if (clock) clock.textContent = timeOf(new Date());
  }, poll);
}

/** Oldest first, as they have to be announced. */
function calls(content) {
  return [...content.querySelectorAll("[data-gx-calls] li")]
    .map((line) => ({ id: Number(line.dataset.id), number: line.dataset.number, window: line.dataset.window }))
    .sort((a, b) => a.id - b.id);
}

function newest(content) {
  return Math.max(0, ...calls(content).map((c) => c.id));
}
