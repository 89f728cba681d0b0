// One message as it stands in the conversation.
import { html } from "./vendor/preact-htm.js";
import { Formatted, copy } from "./entities.js";
import { Icon } from "./icons.js";
import { InlineKeyboard } from "./keyboard.js";
import { Album, Media } from "./media.js";
import { memo } from "./memo.js";
import { mayEdit, textOf } from "./message_menu.js";
import { full, time } from "./moments.js";
import { Reactions } from "./reactions.js";
import { nameOf, serviceOf, summaryOf, wordedService } from "./texts.js";
import { topicBeside } from "./topics.js";
import { isOwn } from "./world.js";

const authorOf = (message, person, words) =>
  isOwn(message, person.id) ? words.you : nameOf(message.from ?? { first_name: words.bot });

function Quoted({ message, place }) {
  const quoted = message.reply_to_message;
  return html`<button class="quoted" onClick=${() => place.onGo(quoted.message_id)}>
    <b>${authorOf(quoted, place.person, place.words)}</b>
    <span>${message.quote?.text ?? summaryOf(place.words, quoted)}</span>
  </button>`;
}

/** Like Telegram, nothing is made of it that a message with buttons changes when one presses them. */
const showsEdit = ({ edit_date: date, reply_markup: markup }) => date && !markup?.inline_keyboard;

function Stamp({ message, words }) {
  const date = new Date(message.date * 1000);
  const edited = showsEdit(message);
  return html`<span class="stamp">
    ${edited ? `${words.edited} ` : ""}
    <time datetime=${date.toISOString()} title=${full(date, words.locale)}>${time(date, words.locale)}</time>
  </span>`;
}

function More({ message, place }) {
  const { words } = place;
  const onClick = ({ currentTarget }) => {
    const { left, bottom } = currentTarget.getBoundingClientRect();
    place.onMenu(message, { x: left, y: bottom }, currentTarget);
  };
  return html`<button class="icon-button message-more" tabindex="-1" aria-haspopup="menu" aria-label=${words.messageMenu} title=${words.messageMenu} onClick=${onClick}>
    <${Icon} name="more" />
  </button>`;
}

/** While the message itself has the focus. */
function keysOf(message, place) {
  const text = textOf(message);
  const open = ({ currentTarget }) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    place.onMenu(message, { x: left + 24, y: top + 24 }, currentTarget);
  };
  const keys = {
    Enter: open,
    r: () => place.onReply(message),
    ...(mayEdit(message, place.person) && { e: () => place.onEdit(message) }),
    ...(text && { c: () => copy(text, place) }),
  };
  return (event) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action(event);
  };
}

function look(message, { own, first, bare }) {
  return [
    "message",
    own ? "own" : "theirs",
    first && "first",
    bare && "bare",
    message.arrived && "arrived",
    message.glow && (message.glow % 2 ? "glow-odd" : "glow-even"),
  ].filter(Boolean).join(" ");
}

function Words({ message, text, place }) {
  if (!text) return null;
  const entities = message.entities ?? message.caption_entities;
  return html`<div class="text"><${Formatted} text=${text} entities=${entities} place=${place} /></div>`;
}

/** Who wrote it is seen in a group; elsewhere only a screen reader has to be told. */
function Author({ message, shown, place }) {
  const author = authorOf(message, place.person, place.words);
  if (!shown) return html`<span class="hidden">${author}: </span>`;
  return html`<b class=${`author ink-${Math.abs(message.from?.id ?? 0) % 3}`}>${author}</b>`;
}

/** `album` has the messages shown together; the first of them speaks for all. */
function Message({ message, album, first, pressed, chosen, place }) {
  if (serviceOf(message)) {
    return html`<li class="service"><span>${wordedService(place.words, message)}</span></li>`;
  }
  const own = isOwn(message, place.person.id);
  const captioned = album?.find((one) => one.caption) ?? message;
  const text = textOf(captioned);
  const topic = first && topicBeside(message, place);
  const media = album
    ? html`<${Album} messages=${album} place=${place} />`
    : html`<${Media} message=${message} chosen=${chosen} place=${place} />`;
  const above = message.show_caption_above_media;
  const bare = Boolean(message.sticker || message.dice);
  const said = html`<${Words} message=${captioned} text=${text} place=${place} />`;
  return html`<li class=${look(message, { own, first, bare })} data-message=${message.message_id}>
    <article class="bubble-row" tabindex="-1" onKeyDown=${keysOf(message, place)}>
      <div class=${`bubble ${message.photo ? "has-photo" : ""}`}>
        <${Author} message=${message} shown=${place.inGroup && first && !own} place=${place} />
        ${topic && html`<small class="in-topic">${topic}</small>`}
        ${message.forward_origin && html`<small class="forwarded">${place.words.forwarded}</small>`}
        ${message.reply_to_message && html`<${Quoted} message=${message} place=${place} />`}
        ${above && said} ${media} ${!above && said}
        <span class="foot">
          ${message.reactions?.length > 0 && html`<${Reactions} message=${message} place=${place} />`}
          <${Stamp} message=${message} words=${place.words} />
        </span>
      </div>
      <${More} message=${message} place=${place} />
    </article>
    ${message.reply_markup?.inline_keyboard?.length > 0 &&
    html`<${InlineKeyboard} message=${message} pressed=${pressed} place=${place} />`}
  </li>`;
}

export const Bubble = memo(Message);
