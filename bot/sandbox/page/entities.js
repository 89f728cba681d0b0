// Formatted text: Bot API entities as elements, nested the way Telegram shows them.
import { html, useState } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";
import { follow, safeUrl, staysInside } from "./links.js";
import { dateTime, full } from "./moments.js";
import { nameOf } from "./texts.js";

const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];
const LONG_QUOTE = 180;

function Spoiler({ children, words }) {
  const [shown, setShown] = useState(false);
  if (shown) return html`<span class="spoiler shown">${children}</span>`;
  return html`<button class="spoiler" aria-label=${words.showSpoiler} onClick=${() => setShown(true)}>
    <span aria-hidden="true">${children}</span>
  </button>`;
}

function Quote({ children, length, expandable, words }) {
  const [whole, setWhole] = useState(!expandable || length < LONG_QUOTE);
  const foldable = expandable && length >= LONG_QUOTE;
  return html`<blockquote class=${whole ? "" : "folded"}>
    ${children}
    ${foldable &&
    html`<button class="fold" aria-expanded=${whole} onClick=${() => setWhole(!whole)}>
      ${whole ? words.collapse : words.expand}
    </button>`}
  </blockquote>`;
}

function Code({ children, text, language, place }) {
  return html`<div class="code-block">
    ${language && html`<small>${language}</small>`}
    <button class="icon-button" aria-label=${place.words.copyCode} onClick=${() => copy(text, place)}>
      <${Icon} name="copy" />
    </button>
    <pre tabindex="0"><code>${children}</code></pre>
  </div>`;
}

export async function copy(text, { deeds, words }) {
  const copying = navigator.clipboard.writeText(text);
  deeds.tell(await copying.then(() => words.copied, (error) => words.failed(error.message)));
}

function Link({ address, children, place }) {
  const url = safeUrl(address);
  if (!url) return html`<span>${children}</span>`;
  const inside = staysInside(address, place.bot.username);
  const onClick = (event) => {
    if (!inside) return;
    event.preventDefault();
    follow(address, place);
  };
  return html`<a href=${url.href} target="_blank" rel="noopener noreferrer" onClick=${onClick}>
    ${children}
  </a>`;
}

function When({ entity, children, place }) {
  const date = new Date(entity.unix_time * 1000);
  const { locale } = place.words;
  const pattern = entity.date_time_format;
  return html`<time datetime=${date.toISOString()} title=${full(date, locale)}>
    ${pattern ? dateTime(date, pattern, place.now(), locale) : children}
  </time>`;
}

const tag = (name) => (children) => html`<${name}>${children}</${name}>`;

const SHAPES = {
  bold: tag("b"),
  italic: tag("i"),
  underline: tag("u"),
  strikethrough: tag("s"),
  code: tag("code"),
  spoiler: (children, { place }) => html`<${Spoiler} words=${place.words}>${children}<//>`,
  blockquote: (children, { text }) => html`<${Quote} length=${text.length}>${children}<//>`,
  expandable_blockquote: (children, { text, place }) =>
    html`<${Quote} expandable length=${text.length} words=${place.words}>${children}<//>`,
  pre: (children, { text, entity, place }) =>
    html`<${Code} text=${text} language=${entity.language} place=${place}>${children}<//>`,
  url: (children, { text, place }) => html`<${Link} address=${text} place=${place}>${children}<//>`,
  text_link: (children, { entity, place }) =>
    html`<${Link} address=${entity.url} place=${place}>${children}<//>`,
  email: (children, { text, place }) =>
    html`<${Link} address=${`mailto:${text}`} place=${place}>${children}<//>`,
  phone_number: (children, { text, place }) =>
    html`<${Link} address=${`tel:${text.replaceAll(" ", "")}`} place=${place}>${children}<//>`,
  mention: (children, { text, place }) =>
    html`<${Link} address=${`https://t.me/${text.slice(1)}`} place=${place}>${children}<//>`,
  text_mention: (children, { entity }) =>
    html`<span class="mention" title=${nameOf(entity.user)}>${children}</span>`,
  hashtag: (children) => html`<span class="mention">${children}</span>`,
  cashtag: (children) => html`<span class="mention">${children}</span>`,
  bot_command: (children, { text, place }) =>
    html`<button class="command" onClick=${() => place.deeds.say(text)}>${children}</button>`,
  date_time: (children, { entity, place }) =>
    html`<${When} entity=${entity} place=${place}>${children}<//>`,
};

/** A quotation or code stands on its own lines, so the line breaks touching it are not text. */
function plain(text, from, to, { afterBlock, beforeBlock }) {
  let piece = text.slice(from, to);
  if (afterBlock && piece.startsWith("\n")) piece = piece.slice(1);
  if (beforeBlock && piece.endsWith("\n")) piece = piece.slice(0, -1);
  return piece;
}

function pieces(text, entities, from, to, place) {
  const out = [];
  let at = from;
  let afterBlock = false;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    const block = BLOCKS.includes(entity.type);
    out.push(plain(text, at, start, { afterBlock, beforeBlock: block }));
    const inner = others.filter((other) => other.offset < end);
    const shape = SHAPES[entity.type] ?? tag("span");
    const own = text.slice(start, end);
    out.push(shape(pieces(text, inner, start, end, place), { text: own, entity, place }));
    rest = others.filter((other) => other.offset >= end);
    at = end;
    afterBlock = block;
  }
  out.push(plain(text, at, to, { afterBlock, beforeBlock: false }));
  return out;
}

const inOrder = (one, other) => one.offset - other.offset || other.length - one.length;

export function Formatted({ text, entities = [], place }) {
  return pieces(text, [...entities].sort(inOrder), 0, text.length, place);
}
