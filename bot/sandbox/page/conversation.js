// One person's chat with the bot: who it is, what was said, and where to answer.
import { html, useCallback, useLayoutEffect, useMemo, useRef, useState } from "./vendor/preact-htm.js";
import { AddingBot } from "./adding_bot.js";
import { Avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { deedsOf } from "./deeds.js";
import { Formatted } from "./entities.js";
import { NOTHING_YET, newestFirst } from "./history.js";
import { Icon } from "./icons.js";
import { MessageMenu } from "./message_menu.js";
import { Messages } from "./messages.js";
import { PersonMenu } from "./person_menu.js";
import { Pinned } from "./pinned.js";
import { Requests } from "./requests.js";
import { keyOf, titleOf } from "./seats.js";
import { calledIn, nameBesideRole, nameOf } from "./texts.js";
import { Toast } from "./toast.js";
import { Topics, topicName, writtenIn } from "./topics.js";
import { isOwn, nowOf, world } from "./world.js";

const FOUND_FOR = 1_600;

function Head({ seat, typing, words, bot, onBack, onClose, menu }) {
  const { person, chat } = seat;
  const role = words.roles[person.role];
  const group = chat.id !== person.chat.id;
  const title = group ? titleOf(chat) : (role ?? nameOf(person));
  const under = group ? calledIn(words, person) : nameBesideRole(words, person);
  return html`<header class="conversation-head">
    <button class="icon-button back" aria-label=${words.back} onClick=${onBack}><${Icon} name="back" /></button>
    <${Avatar} name=${group ? title : nameOf(person)} number=${chat.id} />
    <div class="head-words">
      <h2 title=${title}>${title}</h2>
      ${(typing || under) &&
      html`<p>${typing ? html`<span class="typing">${bot.first_name} ${words.typing}…</span>` : under}</p>`}
    </div>
    ${menu}
    <button class="icon-button close" aria-label=${words.close} title=${words.close} onClick=${onClose}>
      <${Icon} name="close" />
    </button>
  </header>`;
}

function Welcome({ bot, person, words, deeds }) {
  const about = { ...bot, ...person.welcome };
  return html`<div class="before-start">
    <div class="bot-card">
      <h3>${words.whatBotDoes}</h3>
      <p><${Formatted} text=${about.description || about.short_description || bot.first_name} place=${{ bot, words, deeds }} /></p>
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

/** Brings a message before the eyes, from however far back. */
function useGoing(section, deeds) {
  return useCallback(
    async (messageId) => {
      await deeds.loadUntil(messageId);
      requestAnimationFrame(() => {
        const message = section.current?.querySelector(`[data-message="${messageId}"]`);
        if (!message) return;
        message.scrollIntoView({ block: "center" });
        // Pages that were never drawn have only had their heights guessed.
        requestAnimationFrame(() => message.scrollIntoView({ block: "center" }));
        message.querySelector(".bubble-row").focus({ preventScroll: true });
        message.classList.add("found");
        setTimeout(() => message.classList.remove("found"), FOUND_FOR);
      });
    },
    [deeds],
  );
}

/** What is new is read at once; what is known is where it was. */
function useLatest(value) {
  const latest = useRef();
  latest.current = value;
  return latest;
}

/** Starting the bot from a group leads to the private chat with it. */
function useStarting(latest, deeds, onSeat) {
  const go = useLatest(onSeat);
  return useCallback(
    (start) => {
      const { person, chat } = latest.current;
      deeds.open(start);
      if (chat.id !== person.chat.id) go.current(keyOf(person, person.chat));
    },
    [deeds],
  );
}

export function Conversation({ seat, state, words, active, onFocus, onBack, onClose, onSeat }) {
  const { key, person, chat } = seat;
  const history = state.histories[key] ?? NOTHING_YET;
  const [topic, setTopic] = useState(null);
  const [suggested, setSuggested] = useState(null);
  const [files, setFiles] = useState([]);
  const [menu, setMenu] = useState(null);
  const [wish, setWish] = useState(null);
  const section = useRef();
  const latest = useLatest(seat);
  const deeds = useMemo(() => deedsOf(seat), [key, chat.id]);
  const onGo = useGoing(section, deeds);
  const onStart = useStarting(latest, deeds, onSeat);
  const place = useMemo(
    () => ({
      key,
      person,
      words,
      deeds,
      onGo,
      onAddBot: setWish,
      onStart,
      bot: state.bot,
      get seat() {
        return latest.current;
      },
      inGroup: chat.id !== person.chat.id,
      now: () => nowOf(world.get()),
      onWrite: (text) => setSuggested({ text }),
      onReply: (message) => setTopic({ kind: "reply", message }),
      onEdit: (message) => setTopic({ kind: "edit", message }),
      onMenu: (message, at, from) => setMenu({ message, at, from }),
    }),
    [key, words, deeds, onStart, state.bot],
  );
  const markup = useMemo(() => markupOf(history, person.id), [history]);
  const typing = state.typing[chat.id];
  const addFiles = (added) => setFiles((kept) => [...kept, ...added]);
  const { dropping, ...dragging } = useDropping(addFiles);
  const written = writtenIn(seat);
  const silent = written && !written.may_write;
  useLayoutEffect(() => {
    if (active && !matchMedia("(pointer: coarse)").matches) {
      section.current.querySelector("textarea")?.focus();
    }
  }, [active]);
  const called = place.inGroup ? `${titleOf(chat)}, ${calledIn(words, person)}` : calledIn(words, person);
  const common = { seat, words, deeds, bot: state.bot };
  const personMenu = html`<${PersonMenu} ...${common} people=${state.people} onAddBot=${setWish} onStart=${onStart} onSeat=${onSeat} />`;
  return html`<section
    ref=${section}
    class=${`conversation ${active ? "active" : ""}`}
    aria-label=${words.conversation(called)}
    onfocusin=${onFocus}
    ...${dragging}
  >
    <${Head} ...${common} typing=${typing} menu=${personMenu} onBack=${onBack} onClose=${onClose} />
    <${Topics} seat=${seat} fresh=${state.fresh} words=${words} onTopic=${onSeat} />
    <${Requests} requests=${chat.requests} place=${place} />
    <${Pinned} place=${place} />
    ${history.loaded && !history.pages.length && !place.inGroup
      ? html`<${Welcome} bot=${state.bot} person=${person} words=${words} deeds=${deeds} />`
      : html`<${Messages}
          history=${history}
          pressed=${state.pressed[key]}
          votes=${state.votes}
          place=${place}
          typing=${typing}
          today=${nowOf(state).toDateString()}
        />`}
    ${person.blocked && !place.inGroup && html`<p class="blocked-note">${words.blocked}</p>`}
    ${silent
      ? html`<p class="silent-note">${words.closedTopicNote(topicName(written, words))}</p>`
      : html`<${Composer}
          place=${place}
          answers=${state.inline[person.id]}
          menu=${place.inGroup ? null : state.bot.menu}
          markup=${markup}
          suggested=${suggested}
          topic=${topic}
          setTopic=${setTopic}
          files=${files}
          setFiles=${setFiles}
          hint=${written && words.messageTo(topicName(written, words))}
        />`}
    ${menu && html`<${MessageMenu} ...${menu} place=${place} onClose=${() => setMenu(null)} />`}
    ${wish && html`<${AddingBot} ...${common} wish=${wish} onClose=${() => setWish(null)} />`}
    <${Toast} toast=${state.toasts[key]} seatKey=${key} />
    ${dropping && html`<div class="drop-here">${words.dropHere}</div>`}
  </section>`;
}
