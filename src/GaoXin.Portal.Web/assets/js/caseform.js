const pause = 600;

/**
 * Forms of cases: Enter in a search box presses its own button (data-gx-enter), a chosen file is uploaded at once
 * (data-gx-upload-now), and advice on a name comes while it is typed (data-gx-advice).
 */
export function caseForm(root) {
  for (const input of root.querySelectorAll("[data-gx-enter]"))
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      root.getElementById(input.dataset.gxEnter).click();
    });
  for (const input of root.querySelectorAll("[data-gx-upload-now]"))
    input.addEventListener("change", () => {
      const limit = Number(input.dataset.gxMaxBytes);
      if (input.files.length > 0 && ![...input.files].some((file) => file.size > limit)) root.getElementById(input.dataset.gxUploadNow)?.click();
    });
  for (const place of root.querySelectorAll("[data-gx-advice]")) advise(place);
}

function advise(place) {
  const form = place.closest("form");
  const fields = new Map(place.dataset.gxAdviceFields.split(" ").map((pair) => pair.split("=").reverse()));
  let timer = 0;
  let last = "";
  const ask = async () => {
    const data = new FormData(form);
    const address = new URL(place.dataset.gxAdvice, location.href);
    for (const [control, parameter] of fields) address.searchParams.set(parameter, data.get(control) ?? "");
    if (address.search === last) return;
    last = address.search;
    const answer = await fetch(address, { credentials: "same-origin", headers: { "X-Requested-With": "gx-advice" } });
    if (answer.ok && !answer.redirected && address.search === last) place.innerHTML = await answer.text();
  };
  form.addEventListener("input", (event) => {
    if (!fields.has(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(() => undefined), pause);
  });
}
