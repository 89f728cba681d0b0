// The topics of a forum, over the conversation: everything together, or one of them.
import { html } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";
import { GENERAL, keyOf, threadOf } from "./seats.js";

const GENERAL_NAME = "General";

export const topicName = (topic, words) =>
  topic.id === GENERAL && topic.name === GENERAL_NAME ? words.generalTopic : topic.name;

/** The name of the topic of a message, where it stands among those of other topics. */
export function topicBeside(message, { seat, words }) {
  const { chat, thread } = seat;
  if (!chat.topics || thread || threadOf(message) === GENERAL) return "";
  const topic = chat.topics.find(({ id }) => id === threadOf(message));
  return topic ? topicName(topic, words) : "";
}

/** Where one writes from here: the topic, or General where everything is shown. */
export const writtenIn = ({ chat, topic }) => topic ?? chat.topics?.find(({ id }) => id === GENERAL);

const colourOf = ({ icon_color: colour }) => ({ "--topic": `#${colour.toString(16).padStart(6, "0")}` });

export function Topics({ seat, fresh, words, onTopic }) {
  const { person, chat, thread } = seat;
  if (!chat.topics) return null;
  const entry = (id, name, { sign, closed, isFresh } = {}) => {
    const called = [name, closed && words.closedTopic, isFresh && words.freshTopic].filter(Boolean).join(", ");
    return html`<li>
      <button class="topic-tab" aria-label=${called} aria-current=${thread === id ? "true" : undefined} onClick=${() => onTopic(keyOf(person, chat, id))}>
        ${sign}${name}${closed && html`<${Icon} name="lock" />`}${isFresh && html`<span class="topic-fresh"></span>`}
      </button>
    </li>`;
  };
  return html`<nav class="topics" aria-label=${words.topics}>
    <ul>
      ${entry(undefined, words.allTopics)}
      ${chat.topics.map((topic) =>
        entry(topic.id, topicName(topic, words), {
          sign: html`<span class="topic-sign" style=${colourOf(topic)}></span>`,
          closed: topic.closed,
          isFresh: thread && thread !== topic.id && fresh[keyOf(person, chat, topic.id)],
        }),
      )}
    </ul>
  </nav>`;
}
