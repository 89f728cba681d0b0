// What can be done with one message. It opens by the button beside the message, by the right
// mouse button, by a long press, and by Enter on the message.
import { html, useEffect, useLayoutEffect, useRef } from "./vendor/preact-htm.js";
import { copy } from "./entities.js";
import { Icon } from "./icons.js";
import { OFFERED } from "./reactions.js";
import { isOwn } from "./world.js";

const EDGE = 8;

export const textOf = (message) => message.text ?? message.caption ?? "";

export const mayEdit = (message, person) => Boolean(isOwn(message, person.id) && message.text);

function deedsWith(message, place) {
  const { words, deeds, person, seat } = place;
  const id = message.message_id;
  const pinned = seat.chat.pinned.some((one) => one.message_id === id);
  const text = textOf(message);
  return [
    { icon: "reply", text: words.reply, onChoose: () => place.onReply(message) },
    mayEdit(message, person) && { icon: "edit", text: words.edit, onChoose: () => place.onEdit(message) },
    text && { icon: "copy", text: words.copy, onChoose: () => copy(text, place) },
    seat.chat.may_pin &&
      (pinned
        ? { icon: "unpin", text: words.unpin, onChoose: () => deeds.unpin(id) }
        : { icon: "pin", text: words.pin, onChoose: () => deeds.pin(id) }),
  ].filter(Boolean);
}

/** Beside the place where it was asked for, but wholly inside of the window. */
function put(dialog, { x, y }) {
  const { width, height } = dialog.getBoundingClientRect();
  dialog.style.left = `${Math.max(EDGE, Math.min(x, innerWidth - width - EDGE))}px`;
  dialog.style.top = `${Math.max(EDGE, Math.min(y, innerHeight - height - EDGE))}px`;
}

function walk(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
}

/** `at` is where in the window it was asked for, `from` what has the focus afterwards. */
export function MessageMenu({ message, at, from, place, onClose }) {
  const { words, deeds } = place;
  const dialog = useRef();
  useLayoutEffect(() => {
    dialog.current.showModal();
    put(dialog.current, at);
    dialog.current.querySelector("[role=menuitem]").focus();
  }, []);
  useEffect(() => () => from.isConnected && from.focus({ preventScroll: true }), []);
  const mine = message.reactions?.filter((one) => one.mine || one.by === place.person.id) ?? [];
  const given = (emoji) => mine.some((one) => one.emoji === emoji);
  const then = (does) => () => {
    onClose();
    does();
  };
  return html`<dialog
    ref=${dialog}
    class="message-menu"
    aria-label=${words.messageMenu}
    onClose=${onClose}
    onClick=${(event) => event.target === dialog.current && onClose()}
    onContextMenu=${(event) => event.preventDefault()}
    onKeyDown=${walk}
  >
    <div class="reaction-choice" role="group" aria-label=${words.react}>
      ${OFFERED.map(
        (emoji) => html`<button aria-pressed=${given(emoji)} onClick=${then(() => deeds.react(message.message_id, given(emoji) ? "" : emoji))}>
          ${emoji}
        </button>`,
      )}
    </div>
    <ul role="menu" aria-label=${words.messageMenu}>
      ${deedsWith(message, place).map(
        ({ icon, text, onChoose }) => html`<li role="none">
          <button role="menuitem" tabindex="-1" onClick=${then(onChoose)}><${Icon} name=${icon} />${text}</button>
        </li>`,
      )}
    </ul>
  </dialog>`;
}
