// A button with a small menu; arrows walk through it, Escape or a click elsewhere closes it.
import { html, useEffect, useRef, useState } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";

export function Popover({ icon, label, items, side = "below" }) {
  const [open, setOpen] = useState(false);
  const root = useRef();
  const entries = () => [...root.current.querySelectorAll("[role=menuitem]")];

  useEffect(() => {
    if (!open) return undefined;
    entries()[0]?.focus();
    const elsewhere = (event) => root.current.contains(event.target) || setOpen(false);
    addEventListener("pointerdown", elsewhere);
    return () => removeEventListener("pointerdown", elsewhere);
  }, [open]);

  function close() {
    setOpen(false);
    root.current.querySelector("button").focus();
  }

  function onKeyDown(event) {
    if (!open) return;
    if (event.key === "Escape") close();
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const list = entries();
    list.at((list.indexOf(document.activeElement) + step) % list.length).focus();
  }

  const item = ({ icon: sign, text, onChoose }) => html`<li role="none">
    <button
      type="button"
      role="menuitem"
      tabindex="-1"
      onClick=${() => {
        close();
        onChoose();
      }}
    >
      <${Icon} name=${sign} />${text}
    </button>
  </li>`;

  return html`<div class=${`popover ${side}`} ref=${root} onKeyDown=${onKeyDown}>
    <button type="button" class="icon-button" aria-haspopup="menu" aria-expanded=${open} aria-label=${label} title=${label} onClick=${() => setOpen(!open)}>
      <${Icon} name=${icon} />
    </button>
    ${open && html`<ul class="popover-list" role="menu" aria-label=${label}>${items.map(item)}</ul>`}
  </div>`;
}
