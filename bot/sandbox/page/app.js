// The page: people on the left, their conversations side by side, the calls when asked for.
import { html, render, useCallback, useEffect, useRef, useState } from "./vendor/preact-htm.js";
import { Calls } from "./calls.js";
import { Conversation } from "./conversation.js";
import { People } from "./people.js";
import { MOST_OPEN, show, useRoute } from "./route.js";
import { begin, keepOpen } from "./session.js";
import { choose, settings as chosen } from "./settings.js";
import { useStore } from "./store.js";
import { calledIn, summaryOf, useWords } from "./texts.js";
import { Alert } from "./toast.js";
import { Topbar } from "./topbar.js";
import { NobodyChosen, Welcome } from "./welcome.js";
import { world } from "./world.js";

const NARROWEST = 330;
const WIDTH_OF_PEOPLE = 330;
const PHONE = 760;

function useWidth() {
  const [width, setWidth] = useState(innerWidth);
  useEffect(() => {
    const changed = () => setWidth(innerWidth);
    addEventListener("resize", changed);
    return () => removeEventListener("resize", changed);
  }, []);
  return width;
}

function useBegin() {
  useEffect(begin, []);
}

function Heard({ heard, words }) {
  const text = heard && words.newMessage(calledIn(words, heard.person), summaryOf(words, heard.message));
  return html`<div class="hidden" role="log" aria-live="polite">${text}</div>`;
}

/** Which column answers to a click in the list: the one used last. */
function useColumns(openIds, most) {
  const [activeId, setActiveId] = useState(openIds[0]);
  const now = useRef();
  now.current = { openIds, activeId: openIds.includes(activeId) ? activeId : openIds.at(-1), most };
  const open = useCallback((personId) => {
    const { openIds: ids, activeId: current } = now.current;
    setActiveId(personId);
    if (ids.includes(personId)) return;
    show(ids.length ? ids.map((id) => (id === current ? personId : id)) : [personId]);
  }, []);
  const beside = useCallback((personId) => {
    const { openIds: ids, most: fit } = now.current;
    setActiveId(personId);
    show(ids.length < fit ? [...ids, personId] : [...ids.slice(0, -1), personId]);
  }, []);
  const close = (personId) => show(openIds.filter((id) => id !== personId));
  return { activeId: now.current.activeId, setActiveId, open, beside, close };
}

function App() {
  useBegin();
  const state = useStore(world);
  const settings = useStore(chosen);
  const words = useWords();
  const width = useWidth();
  const route = useRoute();
  const [showsCalls, setShowsCalls] = useState(false);

  const phone = width < PHONE;
  const fit = phone ? 1 : Math.max(Math.floor((width - WIDTH_OF_PEOPLE) / NARROWEST), 1);
  const openIds = state.people.length
    ? route.filter((id) => state.people.some((person) => person.id === id))
    : route;
  const columns = useColumns(openIds, Math.min(fit, MOST_OPEN));
  const inSight = phone ? openIds.filter((id) => id === columns.activeId) : openIds;
  useEffect(() => keepOpen(inSight), [inSight.join(), state.bot]);
  const unread = state.people.reduce((sum, person) => sum + person.chat.unread, 0);
  useEffect(() => {
    document.title = unread ? `(${unread}) ${words.title}` : words.title;
  }, [words, unread]);

  const onShow = (ids) => {
    choose({ welcomed: true });
    columns.setActiveId(ids[0]);
    show(phone ? ids.slice(0, 1) : ids.slice(0, fit));
  };
  const onHelp = () => {
    choose({ welcomed: false });
    show([]);
  };

  const people = inSight.map((id) => state.people.find((person) => person.id === id)).filter(Boolean);
  const welcome = !settings.welcomed && !people.length;
  return html`<div class=${`app ${people.length ? "talking" : "listing"} ${showsCalls ? "with-calls" : ""}`}>
    <${Topbar} state=${state} settings=${settings} words=${words} showsCalls=${showsCalls} onCalls=${() => setShowsCalls(!showsCalls)} onHelp=${onHelp} />
    <div class="link-state" role="status">${state.link === "off" && words.lost}</div>
    <${People} state=${state} openIds=${inSight} words=${words} canAdd=${!phone && people.length > 0} onOpen=${columns.open} onBeside=${columns.beside} />
    <main class=${`columns columns-${people.length}`}>
      <h1 class="hidden">${words.title}</h1>
      ${people.map(
        (person) => html`<${Conversation}
          key=${person.id}
          person=${person}
          state=${state}
          words=${words}
          active=${columns.activeId === person.id}
          onFocus=${() => columns.setActiveId(person.id)}
          onBack=${() => show([])}
          onClose=${() => columns.close(person.id)}
        />`,
      )}
      ${welcome && html`<${Welcome} people=${state.people} words=${words} onShow=${onShow} />`}
      ${!welcome && !people.length && html`<${NobodyChosen} words=${words} />`}
    </main>
    ${showsCalls && html`<${Calls} state=${state} words=${words} onClose=${() => setShowsCalls(false)} />`}
    ${state.alert && html`<${Alert} alert=${state.alert} title=${state.bot.first_name} words=${words} />`}
    <${Heard} heard=${state.heard} words=${words} />
  </div>`;
}

render(html`<${App} />`, document.getElementById("app"));
