// Reactions under a message.
import { html } from "./vendor/preact-htm.js";

export const OFFERED = ["👍", "❤", "🔥", "🎉", "👏", "🤔", "👎"];

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
  const { words, deeds, person } = place;
  const toggle = ({ emoji, mine }) => deeds.react(message.message_id, mine ? "" : emoji);
  return html`<span class="reactions">
    ${counted(message.reactions, person.id).map(
      (one) => html`<button
        aria-pressed=${one.mine}
        aria-label=${words.reaction(one.emoji, one.count)}
        onClick=${() => toggle(one)}
      >
        ${one.emoji}${one.count > 1 && html` <small>${one.count}</small>`}
      </button>`,
    )}
  </span>`;
}
