// The pinned messages over a conversation: one at a time, all of them in a list.
import { html, useEffect, useState } from "./vendor/preact-htm.js";
import { Dialog } from "./dialog.js";
import { Icon } from "./icons.js";
import { isAbout } from "./seats.js";
import { summaryOf } from "./texts.js";

function Unpin({ message, place, onGone }) {
  const { words, deeds } = place;
  const unpin = () => {
    deeds.unpin(message.message_id);
    onGone?.();
  };
  return html`<button class="icon-button" aria-label=${words.unpin} title=${words.unpin} onClick=${unpin}>
    <${Icon} name="close" />
  </button>`;
}

function PinnedList({ messages, place, onClose }) {
  const { words, seat } = place;
  useEffect(() => {
    if (!messages.length) onClose();
  }, [messages.length]);
  const go = (message) => {
    onClose();
    place.onGo(message.message_id);
  };
  return html`<${Dialog} title=${words.allPinned} onClose=${onClose} closeLabel=${words.closePanel}>
    <ul class="pinned-list">
      ${messages.map(
        (message) => html`<li key=${message.message_id}>
          <button class="pinned-words" onClick=${() => go(message)}><span>${summaryOf(words, message)}</span></button>
          ${seat.chat.may_pin && html`<${Unpin} message=${message} place=${place} />`}
        </li>`,
      )}
    </ul>
  <//>`;
}

/** A press leads to the message and brings up the one pinned before it. */
export function Pinned({ place }) {
  const { words, seat } = place;
  const messages = seat.chat.pinned.filter((message) => isAbout(seat, message));
  const [at, setAt] = useState(0);
  const [listed, setListed] = useState(false);
  const shown = messages[Math.min(at, messages.length - 1)];
  if (!shown) return null;
  const several = messages.length > 1;
  const number = messages.indexOf(shown);
  const go = () => {
    place.onGo(shown.message_id);
    setAt((number + 1) % messages.length);
  };
  return html`<div class="pinned">
    <button class="pinned-words" onClick=${go}>
      <${Icon} name="pin" />
      <span>
        <b>${words.pinned}${several && ` ${messages.length - number}/${messages.length}`}</b>
        ${summaryOf(words, shown)}
      </span>
    </button>
    ${several &&
    html`<button class="icon-button" aria-label=${words.allPinned} title=${words.allPinned} onClick=${() => setListed(true)}>
      <${Icon} name="list" />
    </button>`}
    ${!several && seat.chat.may_pin && html`<${Unpin} message=${shown} place=${place} />`}
    ${listed && html`<${PinnedList} messages=${messages} place=${place} onClose=${() => setListed(false)} />`}
  </div>`;
}
