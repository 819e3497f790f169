const stale = 10;

/** Fetches the part data-gx-live again every data-gx-every seconds, unless somebody is busy inside; says when it cannot. */
export function live(root) {
  for (const part of root.querySelectorAll("[data-gx-live]")) keep(root, part);
}

function keep(root, part) {
  const every = Number(part.dataset.gxEvery) * 1000;
  const line = root.querySelector("[data-gx-stale-line]");
  const state = stateOf(part);
  let last = Date.now();
  const again = async () => {
    const html = root.hidden || part.contains(root.activeElement) ? null : await fetchPart(part.dataset.gxLive);
    if (html !== null) {
      last = Date.now();
      if (part.innerHTML !== html) part.innerHTML = html;
      // Another state brings other forms beside the part.
      if (stateOf(part) !== state) location.reload();
    }
    if (line) line.hidden = root.hidden || Date.now() - last < stale * 1000 + every;
    setTimeout(again, every);
  };
  setTimeout(again, part.hasAttribute("data-gx-now") ? 0 : every);
}

function stateOf(part) {
  return part.querySelector("[data-gx-state]")?.dataset.gxState;
}

/** The part's HTML, or null when it cannot be had now. */
export async function fetchPart(address) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(4000), headers: { "X-Requested-With": "fetch" } });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null;
  }
}
