/** Moves the focus to the error summary, and from its links straight into the control. */
export function errors(root) {
  const summary = root.querySelector(".gx-errsum");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const control = link && root.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!control) return;
    event.preventDefault();
    (control.closest(".gx-field") ?? control).scrollIntoView({ block: "start" });
    control.focus({ preventScroll: true });
  });
}
