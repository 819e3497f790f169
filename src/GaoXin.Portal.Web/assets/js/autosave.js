import { announce, timeOf } from "./status.js";

const quiet = 800;
const running = new Map();

/**
 * Posts a form marked data-gx-autosave to data-gx-autosave-url, 800 ms after the last input, as it is (without files).
 * The answer may be JSON: { "version": 7 } refreshes the hidden field [data-gx-version], so that the next save is not
 * taken for a stale one. 409 means that somebody saved a newer version elsewhere.
 */
export function autosave(root) {
  for (const form of root.querySelectorAll("form[data-gx-autosave][data-gx-autosave-url]")) {
    const state = { timer: 0, saving: null, stopped: false };
    running.set(form, state);
    const later = () => {
      clearTimeout(state.timer);
      if (!state.stopped) state.timer = setTimeout(() => start(form, state), quiet);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
  }
}

/** A promise while the form is being saved, else null. Cancels a save that has not begun: the submit carries it. */
export function settled(form) {
  const state = running.get(form);
  if (!state) return null;
  clearTimeout(state.timer);
  return state.saving;
}

function start(form, state) {
  if (state.saving) {
    state.saving.then(() => start(form, state));
    return;
  }
  state.saving = save(form, state)
    .catch(() => announce(form, "没能自动保存，请检查网络。您填的还在这一页"))
    .finally(() => (state.saving = null));
}

async function save(form, state) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  const answer = await fetch(form.dataset.gxAutosaveUrl, {
    method: "POST",
    body,
    credentials: "same-origin",
    headers: { "X-Requested-With": "gx-autosave", Accept: "application/json" },
  });
  if (answer.redirected || answer.status === 401) return stop(form, state, "登录已经过期，请重新登录后再填。您填的还在这一页");
  if (answer.status === 409) return stop(form, state, "这份表在别处改过，请刷新本页再填");
  if (!answer.ok) throw new Error(String(answer.status));
  const saved = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
  const version = form.querySelector("[data-gx-version]");
  if (version && saved.version !== undefined) version.value = saved.version;
  announce(form, `已自动保存 ${timeOf(new Date())}`);
}

function stop(form, state, text) {
  state.stopped = true;
  announce(form, text);
}
