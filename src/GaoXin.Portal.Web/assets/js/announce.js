import { clipsOf, play } from "./clips.js";

const digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const longest = 12000;
const readable = 3000;
const lingers = 8000;

/**
 * One queue of announcements, in writing and, when somebody switched it on, aloud: by a Chinese voice of this device, else by the
 * clips of this site. A voice that needs a server elsewhere is never used. Browsers let a page speak only after a press.
 */
export function announcer(root, page) {
  const caption = page.querySelector("[data-gx-caption]");
  const button = page.querySelector("[data-gx-voice]");
  const queue = [];
  let busy = false;
  let on = false;
  let last = 0;
  let clearing;

  if (button) button.hidden = false;
  button?.addEventListener("click", () => {
    on = !on;
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "语音已开" : "打开语音";
    if (on) speak({ text: "语音已打开", clips: ["on"] });
  });

  const next = async () => {
    if (busy || queue.length === 0) return;
    busy = true;
    clearTimeout(clearing);
    const said = queue.shift();
    caption.textContent = said.text;
    await (on ? speak(said) : new Promise((done) => setTimeout(done, readable)));
    busy = false;
    clearing = setTimeout(() => (caption.textContent = ""), lingers);
    next();
  };

  const announce = (call) => {
    last = Date.now();
    queue.push({ text: `请 ${spoken(call.number)} 号到 ${spokenNumber(Number(call.window))} 号窗口`, clips: clipsOf(call) });
    next();
  };
  announce.last = () => last;
  return announce;
}

/** C037: the letter, then each digit. */
export function spoken(number) {
  return [...number].map((c) => digits[Number(c)] ?? c).join(" ");
}

/** 12 is said 十二 and 85 is 八十五. */
export function spokenNumber(number) {
  if (number < 10) return digits[number];
  if (number > 99) return spoken(String(number));
  const tens = Math.floor(number / 10);
  return (tens === 1 ? "" : digits[tens]) + "十" + (number % 10 === 0 ? "" : digits[number % 10]);
}

function speak(said) {
  return voice() ? say(said.text) : play(said.clips);
}

function voice() {
  return globalThis.speechSynthesis?.getVoices().find((v) => v.localService && v.lang.toLowerCase().startsWith("zh"));
}

/** Ends when it was said, or after a while: a voice that hangs must not stop the next call. */
function say(text) {
  return new Promise((done) => {
    const speech = new SpeechSynthesisUtterance(text);
    speech.voice = voice();
    speech.lang = "zh-CN";
    speech.rate = 0.9;
    speech.onend = speech.onerror = done;
    setTimeout(done, longest);
    speechSynthesis.speak(speech);
  });
}
