import { announce } from "./status.js";

const refused = "没有完成。请再试一次，或换一种方式。";
const busy = new WeakSet();

/** Forms data-gx-passkey="create" or "get" are hidden until the browser turns out to know passkeys (WebAuthn). */
export function passkey(root) {
  if (!globalThis.PublicKeyCredential || !navigator.credentials) return;
  for (const note of root.querySelectorAll("[data-gx-passkey-missing]")) note.hidden = true;
  for (const form of root.querySelectorAll("form[data-gx-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (busy.has(form)) return;
      busy.add(form);
      ask(form).then(
        () => form.submit(),
        () => announce(form, refused),
      ).finally(() => busy.delete(form));
    });
  }
}

/** Fetches the options, lets the device do its part and puts the answer into the form. */
async function ask(form) {
  announce(form, "请在设备弹出的窗口里确认");
  const address = new URL(form.getAttribute("action") || location.href, location.href);
  address.searchParams.set("handler", "Options");
  const token = form.querySelector("[name=__RequestVerificationToken]").value;
  const response = await fetch(address, { method: "POST", headers: { "X-Gx-Antiforgery": token } });
  if (!response.ok) throw new Error(String(response.status));
  const publicKey = decoded(await response.json());
  const credential = await navigator.credentials[form.dataset.gxPasskey]({ publicKey });
  const field = [...form.elements].find((e) => /(^|\.)credential$/i.test(e.name));
  field.value = JSON.stringify(encoded(credential));
}

function decoded(options) {
  const bytes = (item) => ({ ...item, id: fromBase64(item.id) });
  const result = { ...options, challenge: fromBase64(options.challenge) };
  if (options.user) result.user = bytes(options.user);
  if (options.excludeCredentials) result.excludeCredentials = options.excludeCredentials.map(bytes);
  if (options.allowCredentials) result.allowCredentials = options.allowCredentials.map(bytes);
  return result;
}

function encoded({ id, rawId, type, response, authenticatorAttachment }) {
  const answer = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) answer[part] = toBase64(response[part]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return { id, rawId: toBase64(rawId), type, response: answer, authenticatorAttachment, clientExtensionResults: {} };
}

function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
}

function toBase64(buffer) {
  const text = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
