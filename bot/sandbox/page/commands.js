// The bot's commands with their descriptions, offered after a slash or by the menu button.
import { html, useEffect, useRef, useState } from "./vendor/preact-htm.js";

let lists = 0;

const partOf = (text) => (/^\/\S*$/.test(text) ? text.slice(1).toLowerCase() : null);

export function useCommands({ text, setText, deeds, field }) {
  const [all, setAll] = useState([]);
  const [asked, setAsked] = useState(false);
  const [dismissed, setDismissed] = useState("");
  const [at, setAt] = useState(0);
  const listId = useRef(`commands-${(lists += 1)}`).current;

  const part = partOf(text);
  const typed = part !== null && text !== dismissed;
  const wanted = asked || typed;
  const shown = all.filter((one) => asked || one.command.startsWith(part ?? ""));
  const open = wanted && shown.length > 0;

  useEffect(() => {
    if (wanted) deeds.commands().then(setAll, () => setAll([]));
  }, [wanted, deeds]);
  useEffect(() => setAt(0), [text, asked]);

  function close() {
    setAsked(false);
    setDismissed(text);
  }

  function choose(command) {
    setAsked(false);
    setText("");
    deeds.say(`/${command}`);
    field.current.focus();
  }

  function toggle() {
    if (open) close();
    else setAsked(true);
    field.current.focus();
  }

  const KEYS = {
    ArrowDown: () => setAt((at + 1) % shown.length),
    ArrowUp: () => setAt((at - 1 + shown.length) % shown.length),
    Escape: close,
    Enter: () => choose(shown[at].command),
    Tab: () => setText(`/${shown[at].command} `),
  };

  /** True when the key was for the list. */
  function onKeyDown(event) {
    if (!open || event.shiftKey || !KEYS[event.key]) return false;
    event.preventDefault();
    KEYS[event.key]();
    return true;
  }

  const activeId = open ? `${listId}-${at}` : undefined;
  return { open, shown, at, listId, activeId, toggle, choose, onKeyDown };
}

export function CommandList({ commands, words }) {
  const list = useRef();
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [commands.at]);
  if (!commands.open) return null;
  return html`<ul class="command-list" ref=${list} id=${commands.listId} role="listbox" aria-label=${words.commands}>
    ${commands.shown.map(
      (one, at) => html`<li
        key=${one.command}
        id=${`${commands.listId}-${at}`}
        role="option"
        aria-selected=${at === commands.at}
        onPointerDown=${(event) => event.preventDefault()}
        onClick=${() => commands.choose(one.command)}
      >
        <b>/${one.command}</b><span>${one.description}</span>
      </li>`,
    )}
  </ul>`;
}
