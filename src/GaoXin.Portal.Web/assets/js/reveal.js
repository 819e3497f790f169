/** A button data-gx-reveal="id" shows and hides a password; data-gx-print prints. Both are hidden until this runs. */
export function reveal(root) {
  for (const button of root.querySelectorAll("[data-gx-reveal]")) {
    const input = root.getElementById(button.dataset.gxReveal);
    if (!input) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const show = input.type === "password";
      input.type = show ? "text" : "password";
      button.textContent = show ? "隐藏" : "显示";
      button.setAttribute("aria-pressed", String(show));
    });
    input.form?.addEventListener("submit", () => (input.type = "password"));
  }
  for (const button of root.querySelectorAll("[data-gx-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}
