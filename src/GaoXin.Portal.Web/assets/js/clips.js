const longest = 3000;

/** What a call is said with: 请 C 零 三 七 号到 十 二 号窗口. */
export function clipsOf(call) {
  return ["please", ...call.number, "number-to", ...windowClips(Number(call.window)), "window"];
}

/** Plays clips one after the other. A clip that is missing or hangs does not stop the next. */
export async function play(clips) {
  for (const clip of clips) await one(`/assets/voice/${clip}.mp3`);
}

function windowClips(number) {
  if (number < 10 || number > 99) return [...String(number)];
  const [tens, ones] = String(number);
  return [...(tens === "1" ? [] : [tens]), "ten", ...(ones === "0" ? [] : [ones])];
}

function one(address) {
  return new Promise((done) => {
    const sound = new Audio(address);
    sound.onended = sound.onerror = done;
    setTimeout(done, longest);
    sound.play().catch(done);
  });
}
