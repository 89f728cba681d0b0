// The page: people on the left, their conversations side by side, the calls when asked for.
import { html, render, useCallback, useEffect, useRef, useState } from "./vendor/preact-htm.js";
import { Calls } from "./calls.js";
import { Conversation } from "./conversation.js";
import { People } from "./people.js";
import { MOST_OPEN, show, useRoute } from "./route.js";
import { chatKeyOf, seatOf, unreadOf } from "./seats.js";
import { begin, keepOpen } from "./session.js";
import { choose, settings as chosen } from "./settings.js";
import { useStore } from "./store.js";
import { calledIn, summaryOf, useWords } from "./texts.js";
import { Alert } from "./toast.js";
import { Topbar } from "./topbar.js";
import { NobodyChosen, Welcome } from "./welcome.js";
import { world } from "./world.js";

const NARROWEST = 290;
const WIDTH_OF_PEOPLE = 264;
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
function useColumns(openKeys, most) {
  const [activeKey, setActiveKey] = useState(openKeys[0]);
  const now = useRef();
  const active = openKeys.includes(activeKey) ? activeKey : openKeys.at(-1);
  now.current = { openKeys, active, most };
  const open = useCallback((key) => {
    const { openKeys: keys, active: current } = now.current;
    setActiveKey(key);
    if (keys.includes(key)) return;
    show(keys.length ? keys.map((one) => (one === current ? key : one)) : [key]);
  }, []);
  const beside = useCallback((key) => {
    const { openKeys: keys, most: fit } = now.current;
    setActiveKey(key);
    show(keys.length < fit ? [...keys, key] : [...keys.slice(0, -1), key]);
  }, []);
  const close = (key) => show(openKeys.filter((one) => one !== key));
  const replace = (key, other) => {
    setActiveKey(other);
    show(openKeys.map((one) => (one === key ? other : one)));
  };
  return { active, setActiveKey, open, beside, close, replace };
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
  const openKeys = state.people.length
    ? route.filter((key) => seatOf(state.people, key))
    : route;
  const columns = useColumns(openKeys, Math.min(fit, MOST_OPEN));
  const inSight = phone ? openKeys.filter((key) => key === columns.active) : openKeys;
  useEffect(() => keepOpen(inSight), [inSight.join(), state.bot]);
  const unread = state.people.reduce((sum, person) => sum + unreadOf(person), 0);
  useEffect(() => {
    document.title = unread ? `(${unread}) ${words.title}` : words.title;
  }, [words, unread]);

  const onShow = (keys) => {
    choose({ welcomed: true });
    columns.setActiveKey(keys[0]);
    show(phone ? keys.slice(0, 1) : keys.slice(0, fit));
  };
  const onHelp = () => {
    choose({ welcomed: false });
    show([]);
  };

  const seats = inSight.map((key) => seatOf(state.people, key)).filter(Boolean);
  const welcome = !settings.welcomed && !seats.length;
  return html`<div class=${`app ${seats.length ? "talking" : "listing"} ${showsCalls ? "with-calls" : ""}`}>
    <${Topbar} state=${state} settings=${settings} words=${words} showsCalls=${showsCalls} onCalls=${() => setShowsCalls(!showsCalls)} onHelp=${onHelp} />
    <div class="link-state" role="status">${state.link === "off" && words.lost}</div>
    <${People} state=${state} openKeys=${inSight.map(chatKeyOf)} words=${words} canAdd=${!phone && seats.length > 0} onOpen=${columns.open} onBeside=${columns.beside} />
    <main class=${`columns columns-${seats.length}`}>
      <h1 class="hidden">${words.title}</h1>
      ${seats.map(
        (seat) => html`<${Conversation}
          key=${seat.key}
          seat=${seat}
          state=${state}
          words=${words}
          active=${columns.active === seat.key}
          onFocus=${() => columns.setActiveKey(seat.key)}
          onBack=${() => show([])}
          onClose=${() => columns.close(seat.key)}
          onSeat=${(key) => columns.replace(seat.key, key)}
        />`,
      )}
      ${welcome && html`<${Welcome} people=${state.people} words=${words} onShow=${onShow} />`}
      ${!welcome && !seats.length && html`<${NobodyChosen} words=${words} />`}
    </main>
    ${showsCalls && html`<${Calls} state=${state} words=${words} onClose=${() => setShowsCalls(false)} />`}
    ${state.alert && html`<${Alert} alert=${state.alert} title=${state.bot.first_name} words=${words} />`}
    <${Heard} heard=${state.heard} words=${words} />
  </div>`;
}

render(html`<${App} />`, document.getElementById("app"));
