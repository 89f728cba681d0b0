// The time in the sandbox, and moving it ahead to see what the bot does then.
import { html, useEffect, useState } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";
import { moment } from "./moments.js";
import { advance, backToNow } from "./session.js";
import { nowOf } from "./world.js";

const HOUR = 3_600;
const DAY = 24 * HOUR;
const LOOK_AGAIN = 5_000;

function useTicking() {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, []);
}

export function Clock({ state, words }) {
  useTicking();
  const shifted = Math.abs(state.clock.shift) >= 1;
  return html`<div class=${`clock ${shifted ? "shifted" : ""}`} role="group" aria-label=${words.clock}>
    <span class="clock-now" title=${words.clock}><${Icon} name="clock" />${moment(nowOf(state), words.locale)}</span>
    <button class="chip" title=${words.hourLong} onClick=${() => advance(HOUR)}>${words.hour}</button>
    <button class="chip" title=${words.dayLong} onClick=${() => advance(DAY)}>${words.dayLater}</button>
    ${shifted && html`<button class="chip" onClick=${backToNow}>${words.backToNow}</button>`}
  </div>`;
}
