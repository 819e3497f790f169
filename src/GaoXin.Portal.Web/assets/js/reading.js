/** 读给我听: reads the main part aloud with the device's own voice. The button is hidden where there is none. */
export function reading(root) {
  if (!("speechSynthesis" in window)) return;
  for (const button of root.querySelectorAll("[data-gx-read]")) {
    button.hidden = false;
    const off = () => button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      if (speechSynthesis.speaking) {
        speechSynthesis.cancel();
        off();
        return;
      }
      const speech = new SpeechSynthesisUtterance(root.getElementById("main").innerText);
      speech.lang = "zh-CN";
      speech.rate = 0.9;
      speech.onend = off;
      speech.onerror = off;
      speechSynthesis.speak(speech);
      button.setAttribute("aria-pressed", "true");
    });
  }
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
