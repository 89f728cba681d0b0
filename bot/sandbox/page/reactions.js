// Reactions under a message, and the small picker to give one.
import { html, useEffect, useRef, useState } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";

const OFFERED = ["👍", "❤", "🔥", "🎉", "👏", "🤔", "👎"];

const emojiOf = (reaction) => reaction.emoji ?? reaction.type?.emoji ?? "★";

/** One sign for each emoji, with how many gave it and whether this person did. */
function counted(reactions, personId) {
  const counts = new Map();
  for (const reaction of reactions) {
    const emoji = emojiOf(reaction);
    const before = counts.get(emoji) ?? { emoji, count: 0, mine: false };
    const mine = before.mine || reaction.by === personId;
    counts.set(emoji, { emoji, count: before.count + 1, mine });
  }
  return [...counts.values()];
}

export function Reactions({ message, place }) {
  const { words, deeds, able, person } = place;
  const toggle = ({ emoji, mine }) => deeds.react(message.message_id, mine ? "" : emoji);
  return html`<span class="reactions">
    ${counted(message.reactions, person.id).map(
      (one) => html`<button
        disabled=${!able}
        aria-pressed=${one.mine}
        aria-label=${words.reaction(one.emoji, one.count)}
        onClick=${() => toggle(one)}
      >
        ${one.emoji}${one.count > 1 && html` <small>${one.count}</small>`}
      </button>`,
    )}
  </span>`;
}

export function ReactionPicker({ message, place }) {
  const { words, deeds } = place;
  const [open, setOpen] = useState(false);
  const root = useRef();
  useEffect(() => {
    if (!open) return undefined;
    root.current.querySelector("[role=group] button").focus();
    const elsewhere = (event) => root.current.contains(event.target) || setOpen(false);
    addEventListener("pointerdown", elsewhere);
    return () => removeEventListener("pointerdown", elsewhere);
  }, [open]);
  function give(emoji) {
    setOpen(false);
    deeds.react(message.message_id, emoji);
  }
  const onKeyDown = (event) => event.key === "Escape" && setOpen(false);
  return html`<span class="reaction-picker" ref=${root} onKeyDown=${onKeyDown}>
    <button class="icon-button" tabindex="-1" aria-expanded=${open} aria-label=${words.react} title=${words.react} onClick=${() => setOpen(!open)}>
      <${Icon} name="react" />
    </button>
    ${open &&
    html`<span class="reaction-choice" role="group" aria-label=${words.react}>
      ${OFFERED.map((emoji) => html`<button onClick=${() => give(emoji)}>${emoji}</button>`)}
    </span>`}
  </span>`;
}
