// The time in the sandbox, and moving it ahead to see what the bot does then.
import { html, useEffect, useState } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";
import { moment } from "./moments.js";
import { advance, backToNow } from "./session.js";
import { nowOf } from "./world.js";

const HOUR = 3_600;
const STEPS = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR };
const LOOK_AGAIN = 5_000;

function useTicking() {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, []);
}

/** Only where the server tells when something is to happen next. */
function ToNext({ state, words }) {
  if (!state.clock.next) return null;
  const next = new Date(state.clock.next);
  const left = Math.ceil((next - nowOf(state)) / 1000);
  if (left <= 0) return null;
  return html`<button class="chip next" title=${moment(next, words.locale)} onClick=${() => advance(left)}>
    ${words.toNext}
  </button>`;
}

export function Clock({ state, words }) {
  useTicking();
  const shifted = Math.abs(state.clock.shift) >= 1;
  return html`<div class=${`clock ${shifted ? "shifted" : ""}`} role="group" aria-label=${words.clock}>
    <span class="clock-now" title=${words.clock}><${Icon} name="clock" />${moment(nowOf(state), words.locale)}</span>
    ${Object.entries(STEPS).map(
      ([step, seconds]) => html`<button class="chip" title=${words.ahead[step].long} onClick=${() => advance(seconds)}>
        ${words.ahead[step].short}
      </button>`,
    )}
    <${ToNext} state=${state} words=${words} />
    ${shifted && html`<button class="chip" onClick=${backToNow}>${words.backToNow}</button>`}
  </div>`;
}
