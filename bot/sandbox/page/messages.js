// The list of messages: earlier ones come as one scrolls up, new ones push from below.
import { html, useEffect, useMemo, useRef, useState } from "./vendor/preact-htm.js";
import { Bubble } from "./bubble.js";
import { Icon } from "./icons.js";
import { longPress } from "./long_press.js";
import { memo } from "./memo.js";
import { day } from "./moments.js";
import { threadOf } from "./seats.js";
import { serviceOf } from "./texts.js";

const SAME_BREATH = 300;
const AHEAD = "800px 0px 0px 0px";

const sameDay = (one, other) =>
  new Date(one.date * 1000).toDateString() === new Date(other.date * 1000).toDateString();

function follows(message, previous) {
  return (
    previous &&
    !serviceOf(previous) &&
    previous.from?.id === message.from?.id &&
    threadOf(previous) === threadOf(message) &&
    message.date - previous.date < SAME_BREATH &&
    sameDay(message, previous)
  );
}

/** Neighbours of one album become one entry. */
function entriesOf(messages) {
  const entries = [];
  for (const message of messages) {
    const last = entries.at(-1);
    const group = message.media_group_id;
    if (group && message.photo && last?.message.media_group_id === group) {
      last.album = [...(last.album ?? [last.message]), message];
    } else entries.push({ message });
  }
  return entries;
}

function DayLine({ message, place }) {
  const date = new Date(message.date * 1000);
  return html`<li class="day"><span>${day(date, place.now(), place.words.locale)}</span></li>`;
}

/** `today` is not used inside: a new day just has the day lines worded again. */
const Page = memo(function Page({ messages, previous, pressed, votes, place }) {
  return entriesOf(messages).map(({ message, album }, at, entries) => {
    const before = entries[at - 1]?.message ?? previous;
    const opensDay = !before || !sameDay(message, before);
    return html`
      ${opensDay && html`<${DayLine} key=${`day-${message.message_id}`} message=${message} place=${place} />`}
      <${Bubble}
        key=${message.message_id}
        message=${message}
        album=${album}
        first=${!follows(message, before)}
        pressed=${pressed?.[message.message_id]}
        chosen=${votes[`${place.key}/${message.message_id}`]}
        place=${place}
      />
    `;
  });
});

/** Up and Down walk from message to message while one of them, or the list, has the focus. */
function walk(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const list = event.currentTarget;
  const here = document.activeElement;
  if (!step || (here !== list && !here.matches(".bubble-row"))) return;
  const rows = [...list.querySelectorAll(".bubble-row")];
  const at = here === list ? rows.length : rows.indexOf(here);
  const next = rows[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function useEarlier(list, sentinel, history, deeds) {
  useEffect(() => {
    if (!history.more) return undefined;
    const seen = ([entry]) => entry.isIntersecting && deeds.loadEarlier();
    const observer = new IntersectionObserver(seen, { root: list.current, rootMargin: AHEAD });
    observer.observe(sentinel.current);
    return () => observer.disconnect();
  }, [history, deeds]);
}

const FAR = 240;
const OF_THE_BROWSER = "a, img, textarea";

/** The menu of the message that was meant, unless the browser's own is of more use. */
function useMenu(history, place) {
  const now = useRef();
  now.current = history;
  return useMemo(() => {
    const ask = (target, at) => {
      const id = Number(target.closest("[data-message]")?.dataset.message);
      const message = now.current.pages.flat().find((one) => one.message_id === id);
      if (message) place.onMenu(message, at, target.closest(".message").querySelector(".bubble-row"));
      return Boolean(message);
    };
    const onContextMenu = (event) => {
      const { target, clientX: x, clientY: y } = event;
      if (target.closest(OF_THE_BROWSER) || String(getSelection())) return;
      if (ask(target, { x, y })) event.preventDefault();
    };
    return { ...longPress(ask), onContextMenu };
  }, [place]);
}

export function Messages({ history, pressed, votes, place, typing, today }) {
  const list = useRef();
  const sentinel = useRef();
  const [far, setFar] = useState(false);
  const menu = useMenu(history, place);
  useEarlier(list, sentinel, history, place.deeds);
  // The list is laid from its bottom, where scrollTop is 0; upwards it is negative.
  const onScroll = () => setFar(-list.current.scrollTop > FAR);
  const toNewest = () => list.current.scrollTo({ top: 0 });
  return html`<div class="messages-frame">
    <div class="messages" ref=${list} tabindex="0" role="group" aria-label=${place.words.messages} onScroll=${onScroll} onKeyDown=${walk} ...${menu}>
      <div class="messages-inner">
        <div class="sentinel" ref=${sentinel}></div>
        ${history.pages.map(
          (page, at) => html`<ol class="page" key=${page[0].message_id}>
            <${Page}
              messages=${page}
              previous=${history.pages[at - 1]?.at(-1)}
              pressed=${pressed}
              votes=${votes}
              place=${place}
              today=${today}
            />
          </ol>`,
        )}
        ${typing &&
        html`<div class="typing-bubble" aria-hidden="true"><i></i><i></i><i></i></div>`}
      </div>
    </div>
    ${far &&
    html`<button class="to-newest icon-button" aria-label=${place.words.toNewest} title=${place.words.toNewest} onClick=${toNewest}>
      <${Icon} name="down" />
    </button>`}
  </div>`;
}
