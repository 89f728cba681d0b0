// The list of people one may write as; only the rows in sight are drawn, so it may be long.
import { html, useEffect, useMemo, useRef, useState } from "./vendor/preact-htm.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icons.js";
import { memo } from "./memo.js";
import { short } from "./moments.js";
import { calledIn, nameOf, summaryOf } from "./texts.js";
import { nowOf } from "./world.js";

const ROW = 76;
const SPARE = 6;
const ROLES = ["guest", "member", "second_member", "contact", "manager"];

const folded = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

function rank(person) {
  const at = ROLES.indexOf(person.role);
  return at < 0 ? ROLES.length : at;
}

const lastDate = (person) => person.chat.last?.date ?? 0;

/** Those who play a part stand first and still; the others by their newest message. */
function inOrder(one, other) {
  return rank(one) - rank(other) || (rank(one) < ROLES.length ? 0 : lastDate(other) - lastDate(one));
}

function found(people, query, words) {
  if (!query) return [...people].sort(inOrder);
  const parts = folded(query).split(/\s+/).filter(Boolean);
  const matches = (person) => {
    const text = folded(`${calledIn(words, person)} ${person.username ?? ""} ${person.id}`);
    return parts.every((part) => text.includes(part));
  };
  return people.filter(matches).sort(inOrder);
}

function lastWords(person, words) {
  const { last } = person.chat;
  if (!last) return words.noMessages;
  return last.message ? summaryOf(words, last.message) : last.text || words.kinds.other;
}

const dateOf = (last) => new Date(typeof last.date === "number" ? last.date * 1000 : last.date);

const Row = memo(function Row({ person, at, count, open, canAdd, now, words, onOpen, onBeside }) {
  const role = words.roles[person.role];
  const { unread, last } = person.chat;
  const called = calledIn(words, person);
  return html`<li
    class=${`person ${open ? "open" : ""} row-${at % 2 ? "odd" : "even"}`}
    style=${{ top: `${at * ROW}px` }}
    aria-setsize=${count}
    aria-posinset=${at + 1}
  >
    <button class="person-button" aria-current=${open ? "true" : undefined} onClick=${() => onOpen(person.id)}>
      <${Avatar} person=${person} />
      <span class="person-words">
        <span class="person-top">
          <b>${role ?? nameOf(person)}</b>
          ${role && html`<span class="person-name">${nameOf(person)}</span>`}
          <span class="person-time">${last && short(dateOf(last), now, words.locale)}</span>
        </span>
        <span class="person-bottom">
          <span class="person-last">${lastWords(person, words)}</span>
          ${unread > 0 &&
          html`<span class="badge"><span aria-hidden="true">${unread > 99 ? "99+" : unread}</span>
            <span class="hidden">${words.unread(unread)}</span></span>`}
        </span>
      </span>
    </button>
    ${canAdd &&
    !open &&
    html`<button class="icon-button beside" aria-label=${words.openBeside(called)} title=${words.openBeside(called)} onClick=${() => onBeside(person.id)}>
      <${Icon} name="beside" />
    </button>`}
  </li>`;
});

/** Which rows are in sight, following the scroll and the height of the list. */
function useWindow(list, count) {
  const [rows, setRows] = useState({ from: 0, to: 20 });
  useEffect(() => {
    const look = () => {
      const from = Math.max(Math.floor(list.current.scrollTop / ROW) - SPARE, 0);
      const to = Math.ceil((list.current.scrollTop + list.current.clientHeight) / ROW) + SPARE;
      setRows((old) => (old.from === from && old.to === to ? old : { from, to }));
    };
    const observer = new ResizeObserver(look);
    observer.observe(list.current);
    list.current.addEventListener("scroll", look, { passive: true });
    look();
    return () => observer.disconnect();
  }, [count]);
  return rows;
}

export function People({ state, openIds, words, onOpen, onBeside, canAdd }) {
  const [query, setQuery] = useState("");
  const list = useRef();
  const shown = useMemo(() => found(state.people, query, words), [state.people, query, words]);
  const rows = useWindow(list, shown.length);
  const now = useMemo(() => nowOf(state), [state.people, state.clock]);
  return html`<nav class="people" aria-label=${words.people}>
    <label class="search">
      <${Icon} name="search" />
      <input type="search" value=${query} placeholder=${words.search} aria-label=${words.search} onInput=${(event) => setQuery(event.target.value)} />
    </label>
    <div class="people-scroll" ref=${list}>
      ${state.bot && !shown.length && html`<p class="nobody">${words.nobodyFound}</p>`}
      <ul style=${{ height: `${shown.length * ROW}px` }}>
        ${shown.slice(rows.from, rows.to).map(
          (person, at) => html`<${Row}
            key=${person.id}
            person=${person}
            at=${rows.from + at}
            count=${shown.length}
            open=${openIds.includes(person.id)}
            canAdd=${canAdd}
            now=${now}
            words=${words}
            onOpen=${onOpen}
            onBeside=${onBeside}
          />`,
        )}
      </ul>
    </div>
  </nav>`;
}
