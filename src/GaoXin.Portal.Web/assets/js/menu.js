/** The mobile menu is a details element. Escape closes it and gives the focus back. */
export function menu(root) {
  for (const details of root.querySelectorAll(".gx-menu")) {
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary").focus();
    });
  }
}
