// A window over the page; the browser keeps the focus inside and closes it on Escape.
import { html, useEffect, useRef } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";

export function Dialog({ title, plain, closeLabel, onClose, children }) {
  const dialog = useRef();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current.showModal();
    return () => before?.focus?.();
  }, []);
  const onClick = (event) => event.target === dialog.current && onClose();
  return html`<dialog ref=${dialog} class=${plain ? "plain" : ""} aria-label=${title} onClose=${onClose} onClick=${onClick}>
    <div class="dialog-body">
      ${!plain && html`<h2>${title}</h2>`}
      ${children}
      ${closeLabel &&
      html`<button class="icon-button dialog-close" aria-label=${closeLabel} onClick=${onClose}>
        <${Icon} name="close" />
      </button>`}
    </div>
  </dialog>`;
}
