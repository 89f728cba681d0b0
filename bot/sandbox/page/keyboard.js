// Buttons under a message, and the suggested answers above the composer.
import { html } from "./vendor/preact-htm.js";
import { copy } from "./entities.js";
import { Icon } from "./icons.js";
import { follow, staysInside } from "./links.js";

function hintOf(button, { bot, words }) {
  if (button.copy_text) return { icon: "copy", says: words.copiesText };
  const outside = button.url && !staysInside(button.url, bot.username);
  return outside ? { icon: "beside", says: words.opensLink, mark: "↗" } : null;
}

const queryIn = (button) => button.switch_inline_query_current_chat;

function pressInline(button, message, place) {
  if (button.callback_data) place.deeds.press(message.message_id, button.callback_data);
  else if (button.url) follow(button.url, place);
  else if (queryIn(button) !== undefined) place.onWrite(`@${place.bot.username} ${queryIn(button)}`);
  else if (button.copy_text) copy(button.copy_text.text, place);
  else place.deeds.tell(place.words.onlyInTelegram);
}

function InlineButton({ button, message, pressed, place }) {
  const waiting = Boolean(pressed) && pressed === button.callback_data;
  const hint = hintOf(button, place);
  return html`<button
    class=${`key ${button.style ?? ""} ${waiting ? "waiting" : ""}`}
    aria-busy=${waiting}
    onClick=${() => pressInline(button, message, place)}
  >
    <span class="key-label">${button.text}</span>
    ${hint &&
    html`<span class="key-hint" aria-hidden="true">${hint.mark ?? html`<${Icon} name=${hint.icon} />`}</span>
      <span class="hidden">, ${hint.says}</span>`}
    ${waiting && html`<span class="spinner" aria-hidden="true"></span>`}
  </button>`;
}

export function InlineKeyboard({ message, pressed, place }) {
  return html`<div class="inline-keyboard">
    ${message.reply_markup.inline_keyboard.map(
      (row) => html`<div class="key-row">
        ${row.map(
          (button) =>
            html`<${InlineButton} button=${button} message=${message} pressed=${pressed} place=${place} />`,
        )}
      </div>`,
    )}
  </div>`;
}

const textOf = (button) => (typeof button === "string" ? button : button.text);

function pressReply(button, deeds, onSaid) {
  if (button.request_contact) deeds.sendOther("contact");
  else if (button.request_location) deeds.sendOther("location");
  else deeds.say(textOf(button));
  onSaid();
}

export function ReplyKeyboard({ markup, place, onSaid }) {
  return html`<div class="reply-keyboard" role="group" aria-label=${place.words.keyboard}>
    ${markup.keyboard.map(
      (row) => html`<div class="key-row">
        ${row.map(
          (button) => html`<button
            class=${`key ${button.style ?? ""}`}
            onClick=${() => pressReply(button, place.deeds, onSaid)}
          >
            <span class="key-label">${textOf(button)}</span>
          </button>`,
        )}
      </div>`,
    )}
  </div>`;
}
