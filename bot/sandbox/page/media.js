// What a message carries besides text: photos, files and the rest.
import { html, useState } from "./vendor/preact-htm.js";
import { fileUrl } from "./api.js";
import { OpenCode, useCode } from "./code.js";
import { Dialog } from "./dialog.js";
import { Icon } from "./icons.js";
import { bytes } from "./moments.js";
import { Poll } from "./poll.js";
import { kindOf } from "./texts.js";

const WIDEST = 480;
const TALLEST = 420;

const largest = (sizes) => sizes.reduce((best, size) => (size.width > best.width ? size : best));

export function Photo({ message, place, whole = true }) {
  const [large, setLarge] = useState(false);
  const size = largest(message.photo);
  const link = useCode(size.file_id, large);
  const { words } = place;
  const alt = message.caption || words.photoAlt;
  const url = fileUrl(size.file_id);
  const scale = Math.min(1, WIDEST / size.width, TALLEST / size.height);
  const shape = whole
    ? { aspectRatio: `${size.width} / ${size.height}`, width: `${size.width * scale}px` }
    : {};
  return html`<button class="photo" style=${shape} aria-label=${`${words.openPhoto}: ${alt}`} onClick=${() => setLarge(true)}>
      <img src=${url} alt="" loading="lazy" class=${message.has_media_spoiler ? "veiled" : ""} />
    </button>
    ${large &&
    html`<${Dialog} title=${alt} plain onClose=${() => setLarge(false)} closeLabel=${words.closePanel}>
      <img class="large-photo" src=${url} alt=${alt} />
      <${OpenCode} link=${link} place=${place} onOpen=${() => setLarge(false)} />
    <//>`}`;
}

export function Album({ messages, place }) {
  return html`<div class=${`album album-${Math.min(messages.length, 4)}`}>
    ${messages.map((message) => html`<${Photo} message=${message} place=${place} whole=${false} />`)}
  </div>`;
}

function File({ file, place }) {
  const { words } = place;
  const name = file.file_name || words.kinds.document;
  const extension = name.includes(".") ? name.split(".").at(-1).slice(0, 4) : "";
  return html`<a class="file" href=${fileUrl(file.file_id)} download=${name} aria-label=${words.download(name)}>
    <span class="file-sign" aria-hidden="true">${extension || html`<${Icon} name="document" />`}</span>
    <span class="file-words">
      <span class="file-name">${name}</span>
      ${file.file_size !== undefined &&
      html`<span class="file-size">${bytes(file.file_size, words.locale)}</span>`}
    </span>
  </a>`;
}

function Sign({ icon, title, detail }) {
  return html`<div class="file">
    <span class="file-sign" aria-hidden="true"><${Icon} name=${icon} /></span>
    <span class="file-words">
      <span class="file-name">${title}</span>
      ${detail && html`<span class="file-size">${detail}</span>`}
    </span>
  </div>`;
}

const placeOf = ({ latitude, longitude }) => `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;

const seconds = (count) => `${Math.floor(count / 60)}:${String(count % 60).padStart(2, "0")}`;

const SHOWN = {
  photo: (message, place) => html`<${Photo} message=${message} place=${place} />`,
  document: (message, place) => html`<${File} file=${message.document} place=${place} />`,
  video: (message, place) => html`<${File} file=${message.video} place=${place} />`,
  animation: (message, place) => html`<${File} file=${message.animation} place=${place} />`,
  audio: (message, place) => html`<${File} file=${message.audio} place=${place} />`,
  poll: (message, place, chosen) =>
    html`<${Poll} message=${message} chosen=${chosen} place=${place} />`,
  sticker: ({ sticker }, { words }) =>
    html`<span class="sticker" role="img" aria-label=${words.kinds.sticker}>${sticker.emoji ?? "🙂"}</span>`,
  dice: ({ dice }) => html`<span class="sticker">${dice.emoji} ${dice.value}</span>`,
  voice: ({ voice }, { words }) =>
    html`<${Sign} icon="voice" title=${words.kinds.voice} detail=${seconds(voice.duration ?? 0)} />`,
  venue: ({ venue }) =>
    html`<${Sign} icon="location" title=${venue.title} detail=${venue.address} />`,
  location: ({ location }, { words }) =>
    html`<${Sign} icon="location" title=${words.kinds.location} detail=${placeOf(location)} />`,
  contact: ({ contact }) =>
    html`<${Sign}
      icon="contact"
      title=${[contact.first_name, contact.last_name].filter(Boolean).join(" ")}
      detail=${contact.phone_number}
    />`,
};

/** Null for a message of text alone. */
export function Media({ message, chosen, place }) {
  const kind = kindOf(message);
  if (!kind) return null;
  const shown = SHOWN[kind];
  return shown
    ? shown(message, place, chosen)
    : html`<${Sign} icon="document" title=${place.words.kinds[kind]} />`;
}
