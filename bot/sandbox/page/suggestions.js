// A list offered over the field while one writes: arrows walk through it, Enter chooses.
import { html, useEffect, useRef, useState } from "./vendor/preact-htm.js";

let lists = 0;

export function useSuggestions({ items, open, text, keys }) {
  const [at, setAt] = useState(0);
  const listId = useRef(`suggestions-${(lists += 1)}`).current;
  const shown = open && items.length > 0;
  useEffect(() => setAt(0), [text, items.length]);

  const KEYS = {
    ArrowDown: () => setAt((at + 1) % items.length),
    ArrowUp: () => setAt((at - 1 + items.length) % items.length),
    ...keys,
  };

  /** True when the key was for the list. */
  function onKeyDown(event) {
    if (!shown || event.shiftKey || !KEYS[event.key]) return false;
    event.preventDefault();
    KEYS[event.key](items[at]);
    return true;
  }

  return { items, shown, at, listId, activeId: shown ? `${listId}-${at}` : undefined, onKeyDown };
}

export function SuggestionList({ list, label, onChoose, children }) {
  const root = useRef();
  useEffect(() => {
    root.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [list.at]);
  if (!list.shown) return null;
  return html`<ul class="suggestions" ref=${root} id=${list.listId} role="listbox" aria-label=${label}>
    ${list.items.map(
      (item, at) => html`<li
        key=${item.id ?? item.command}
        id=${`${list.listId}-${at}`}
        role="option"
        aria-selected=${at === list.at}
        onPointerDown=${(event) => event.preventDefault()}
        onClick=${() => onChoose(item)}
      >
        ${children(item)}
      </li>`,
    )}
  </ul>`;
}
