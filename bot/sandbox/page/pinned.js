// The pinned message over a conversation: a way to it, and putting it away.
import { html, useState } from "./vendor/preact-htm.js";
import { newestFirst } from "./history.js";
import { Icon } from "./icons.js";
import { summaryOf } from "./texts.js";

/** A server that does not tell what is pinned has told it in the conversation. */
export function pinnedIn(chat, history) {
  if (chat.pinned !== undefined) return chat.pinned;
  for (const message of newestFirst(history)) {
    if (message.pinned_message) return message.pinned_message;
  }
  return null;
}

const awayKey = (place) => `unpinned-${place.key}`;

function go(event, messageId) {
  const conversation = event.currentTarget.closest(".conversation");
  const message = conversation.querySelector(`[data-message="${messageId}"]`);
  message?.scrollIntoView({ block: "center" });
  message?.querySelector(".bubble-row").focus({ preventScroll: true });
}

/** Putting it away is for these eyes only; the next pinned message is shown again. */
export function Pinned({ message, place }) {
  const [away, setAway] = useState(Number(sessionStorage.getItem(awayKey(place))));
  if (!message || message.message_id === away) return null;
  const { words } = place;
  function putAway() {
    sessionStorage.setItem(awayKey(place), message.message_id);
    setAway(message.message_id);
  }
  return html`<div class="pinned">
    <button class="pinned-words" onClick=${(event) => go(event, message.message_id)}>
      <${Icon} name="pin" />
      <span><b>${words.pinned}</b>${summaryOf(words, message)}</span>
    </button>
    <button class="icon-button" aria-label=${words.unpin} title=${words.unpin} onClick=${putAway}>
      <${Icon} name="close" />
    </button>
  </div>`;
}
