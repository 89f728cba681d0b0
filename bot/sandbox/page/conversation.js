// One person's chat with the bot: who it is, what was said, and where to answer.
import { html, useLayoutEffect, useMemo, useRef, useState } from "./vendor/preact-htm.js";
import { Avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { Formatted } from "./entities.js";
import { NOTHING_YET, newestFirst } from "./history.js";
import { Icon } from "./icons.js";
import { Messages } from "./messages.js";
import { PersonMenu } from "./person_menu.js";
import { deedsOf } from "./session.js";
import { calledIn, nameOf, summaryOf } from "./texts.js";
import { Toast } from "./toast.js";
import { isOwn, nowOf, world } from "./world.js";

function Head({ person, typing, words, bot, deeds, onBack, onClose }) {
  const role = words.roles[person.role];
  return html`<header class="conversation-head">
    <button class="icon-button back" aria-label=${words.back} onClick=${onBack}><${Icon} name="back" /></button>
    <${Avatar} person=${person} />
    <div class="head-words">
      <h2>${role ?? nameOf(person)}</h2>
      <p>${typing ? html`<span class="typing">${bot.first_name} ${words.typing}…</span>` : role && nameOf(person)}</p>
    </div>
    <${PersonMenu} person=${person} words=${words} deeds=${deeds} />
    <button class="icon-button close" aria-label=${words.close} title=${words.close} onClick=${onClose}>
      <${Icon} name="close" />
    </button>
  </header>`;
}

function Pinned({ message, words }) {
  const show = () =>
    document.querySelector(`[data-message="${message.message_id}"]`)?.scrollIntoView({ block: "center" });
  return html`<button class="pinned" onClick=${show}>
    <${Icon} name="pin" />
    <span><b>${words.pinned}</b>${summaryOf(words, message)}</span>
  </button>`;
}

function Welcome({ bot, words, deeds }) {
  return html`<div class="before-start">
    <div class="bot-card">
      <h3>${words.whatBotDoes}</h3>
      <p><${Formatted} text=${bot.description || bot.short_description || bot.first_name} place=${{ bot, words, deeds }} /></p>
      <button class="button primary" onClick=${() => deeds.open("")}>${words.start}</button>
    </div>
  </div>`;
}

/** The newest keyboard or question the bot laid under the composer, if it still holds. */
function markupOf(history, personId) {
  for (const message of newestFirst(history)) {
    const markup = message.reply_markup;
    if (isOwn(message, personId)) {
      if (message.reply_to_message?.reply_markup?.force_reply) return null;
    } else if (markup?.keyboard) return { ...markup, from: message };
    else if (markup?.force_reply) return { ...markup, from: message };
    else if (markup?.remove_keyboard) return null;
  }
  return null;
}

const pinnedOf = (person, history) => {
  if ("pinned" in person.chat) return person.chat.pinned;
  for (const message of newestFirst(history)) {
    if (message.pinned_message) return message.pinned_message;
  }
  return null;
};

function useDropping(onFiles) {
  const [dropping, setDropping] = useState(false);
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  return {
    dropping,
    onDragOver(event) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setDropping(true);
    },
    onDragLeave: (event) => event.currentTarget.contains(event.relatedTarget) || setDropping(false),
    onDrop(event) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setDropping(false);
      onFiles([...event.dataTransfer.files]);
    },
  };
}

export function Conversation({ person, state, words, active, onFocus, onBack, onClose }) {
  const history = state.histories[person.id] ?? NOTHING_YET;
  const [topic, setTopic] = useState(null);
  const [files, setFiles] = useState([]);
  const section = useRef();
  const deeds = useMemo(() => deedsOf(person), [person.id, person.chat.id]);
  const place = useMemo(
    () => ({
      person,
      words,
      deeds,
      bot: state.bot,
      now: () => nowOf(world.get()),
      onReply: (message) => setTopic({ kind: "reply", message }),
      onEdit: (message) => setTopic({ kind: "edit", message }),
    }),
    [person.id, words, deeds, state.bot],
  );
  const markup = useMemo(() => markupOf(history, person.id), [history]);
  const typing = state.typing[person.chat.id];
  const addFiles = (added) => setFiles((kept) => [...kept, ...added]);
  const { dropping, ...dragging } = useDropping(addFiles);
  const pinned = pinnedOf(person, history);
  useLayoutEffect(() => {
    if (active && !matchMedia("(pointer: coarse)").matches) {
      section.current.querySelector("textarea")?.focus();
    }
  }, [active]);
  return html`<section
    ref=${section}
    class=${`conversation ${active ? "active" : ""}`}
    aria-label=${words.conversation(calledIn(words, person))}
    onfocusin=${onFocus}
    ...${dragging}
  >
    <${Head} person=${person} typing=${typing} words=${words} bot=${state.bot} deeds=${deeds} onBack=${onBack} onClose=${onClose} />
    ${pinned && html`<${Pinned} message=${pinned} words=${words} />`}
    ${history.loaded && !history.pages.length
      ? html`<${Welcome} bot=${state.bot} words=${words} deeds=${deeds} />`
      : html`<${Messages}
          history=${history}
          pressed=${state.pressed[person.id]}
          place=${place}
          typing=${typing}
          today=${nowOf(state).toDateString()}
        />`}
    ${person.blocked && html`<p class="blocked-note">${words.blocked}</p>`}
    <${Composer} place=${place} menu=${state.bot.menu} markup=${markup} topic=${topic} setTopic=${setTopic} files=${files} setFiles=${setFiles} />
    <${Toast} toast=${state.toasts[person.id]} personId=${person.id} />
    ${dropping && html`<div class="drop-here">${words.dropHere}</div>`}
  </section>`;
}
