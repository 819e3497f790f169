/** Says something politely in the form's status line, made on first use. */
export function announce(form, text) {
  let line = form.querySelector("[data-gx-status]");
  if (!line) {
    line = document.createElement("p");
    line.className = "gx-status";
    line.setAttribute("role", "status");
    line.setAttribute("data-gx-status", "");
    (form.querySelector(".gx-actions") ?? form).append(line);
  }
  line.textContent = text;
}

/** The time in China, 10:25. */
export function timeOf(date) {
  return new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" }).format(date);
}
