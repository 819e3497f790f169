import { announce } from "./status.js";

const minute = 60;

/** Minutes and seconds left until data-gx-countdown; at the last minute it is said once, at the end the page is loaded again. */
export function countdown(root) {
  for (const place of root.querySelectorAll("[data-gx-countdown]")) {
    const end = Date.parse(place.dataset.gxCountdown);
    if (Number.isNaN(end)) continue;
    let warned = false;
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000);
      if (left <= 0) {
        clearInterval(timer);
        location.reload();
        return;
      }
      place.textContent = `（还有 ${left >= minute ? `${Math.floor(left / minute)} 分 ` : ""}${left % minute} 秒）`;
      if (left <= minute && !warned) {
        warned = true;
        announce(place.closest("form"), "还剩 1 分钟，没确认会放回去");
      }
    };
    const timer = setInterval(tick, 1000);
    if (end > Date.now()) tick();
    else clearInterval(timer);
  }
}
