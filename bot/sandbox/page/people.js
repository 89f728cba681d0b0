// The list of people one may write as; only the rows in sight are drawn, so it may be long.
import { html, useCallback, useEffect, useMemo, useRef, useState } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";
import { GroupRow, PersonRow } from "./people_rows.js";
import { groupsOf, keyOf } from "./seats.js";
import { calledIn, folded } from "./texts.js";
import { nowOf } from "./world.js";

const PERSON_HEIGHT = 76;
const GROUP_HEIGHT = 48;
const SPARE = 6 * PERSON_HEIGHT;
const ROLES = ["guest", "member", "second_member", "contact", "manager"];

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

/** The people, each followed by their groups when these are unfolded. */
function rowsOf(people, unfolded, openKeys) {
  const rows = [];
  let height = 0;
  const add = (row, size) => {
    rows.push({ ...row, top: height });
    height += size;
  };
  for (const person of people) {
    const groups = groupsOf(person).map((chat) => ({ person, chat, key: keyOf(person, chat) }));
    const inUse = groups.some(({ key }) => openKeys.includes(key));
    const unfolds = groups.length ? (unfolded[person.id] ?? inUse) : undefined;
    add({ person, key: keyOf(person, person.chat), unfolds }, PERSON_HEIGHT);
    if (unfolds) groups.forEach((group) => add(group, GROUP_HEIGHT));
  }
  return { rows, height };
}

/** The part of the list in sight, following its scroll and height. */
function useSight(list, height) {
  const [sight, setSight] = useState({ from: 0, to: 20 * PERSON_HEIGHT });
  useEffect(() => {
    const look = () => {
      const from = Math.floor(list.current.scrollTop / SPARE) * SPARE - SPARE;
      const to = from + Math.ceil(list.current.clientHeight / SPARE) * SPARE + 3 * SPARE;
      setSight((old) => (old.from === from && old.to === to ? old : { from, to }));
    };
    const observer = new ResizeObserver(look);
    const watched = list.current;
    observer.observe(watched);
    watched.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      observer.disconnect();
      watched.removeEventListener("scroll", look);
    };
  }, [height]);
  return ({ top }) => top >= sight.from && top < sight.to;
}

export function People({ state, openKeys, words, onOpen, onBeside, canAdd }) {
  const [query, setQuery] = useState("");
  const [unfolded, setUnfolded] = useState({});
  const list = useRef();
  const shown = useMemo(() => found(state.people, query, words), [state.people, query, words]);
  const opened = openKeys.join();
  const { rows, height } = useMemo(
    () => rowsOf(shown, unfolded, openKeys),
    [shown, unfolded, opened],
  );
  const isInSight = useSight(list, height);
  const now = useMemo(() => nowOf(state), [state.people, state.clock]);
  const onFold = useCallback(
    (personId, unfolds) => setUnfolded((before) => ({ ...before, [personId]: unfolds })),
    [],
  );
  const row = ({ person, chat, key, top, unfolds }, at) => {
    const common = { key, name: key, person, top, at, count: rows.length, words, onOpen };
    const open = openKeys.includes(key);
    if (chat) return html`<${GroupRow} ...${common} chat=${chat} open=${open} />`;
    const own = { unfolds, now, onFold, onBeside };
    return html`<${PersonRow} ...${common} ...${own} open=${open} canAdd=${canAdd && !open} />`;
  };
  return html`<nav class="people" aria-label=${words.people}>
    <label class="search">
      <${Icon} name="search" />
      <input type="search" value=${query} placeholder=${words.search} aria-label=${words.search} onInput=${(event) => setQuery(event.target.value)} />
    </label>
    <div class="people-scroll" ref=${list}>
      ${state.bot && !shown.length && html`<p class="nobody">${words.nobodyFound}</p>`}
      <ul style=${{ height: `${height}px` }}>
        ${rows.map((one, at) => isInSight(one) && row(one, at))}
      </ul>
    </div>
  </nav>`;
}
