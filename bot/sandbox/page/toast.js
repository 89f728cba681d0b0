// The short answer to a press, and the alert that waits to be read.
import { html, useEffect } from "./vendor/preact-htm.js";
import { Dialog } from "./dialog.js";
import { hideToast } from "./presses.js";
import { world } from "./world.js";

const SHORTEST = 3_500;
const PER_LETTER = 60;

export function Toast({ toast, seatKey }) {
  useEffect(() => {
    if (!toast) return undefined;
    const timer = setTimeout(() => hideToast(seatKey), SHORTEST + toast.text.length * PER_LETTER);
    return () => clearTimeout(timer);
  }, [toast]);
  return html`<div class="toast-place" role="status">
    ${toast && html`<div class="toast" key=${toast.at}>${toast.text}</div>`}
  </div>`;
}

export function Alert({ alert, title, words }) {
  const close = () => world.set({ alert: null });
  return html`<${Dialog} title=${title} onClose=${close}>
    <p class="alert-text">${alert.text}</p>
    <div class="dialog-buttons">
      <button class="button primary" onClick=${close}>${words.ok}</button>
    </div>
  <//>`;
}
