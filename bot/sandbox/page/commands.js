// The bot's commands with their descriptions, offered after a slash or by the menu button.
import { html, useEffect, useState } from "./vendor/preact-htm.js";
import { SuggestionList, useSuggestions } from "./suggestions.js";

const partOf = (text) => (/^\/\S*$/.test(text) ? text.slice(1).toLowerCase() : null);

export function useCommands({ text, setText, deeds, field }) {
  const [all, setAll] = useState([]);
  const [asked, setAsked] = useState(false);
  const [dismissed, setDismissed] = useState("");

  const part = partOf(text);
  const typed = part !== null && text !== dismissed;
  const open = asked || typed;
  const items = all.filter((one) => asked || one.command.startsWith(part ?? ""));

  useEffect(() => {
    if (open) deeds.commands().then(setAll, () => setAll([]));
  }, [open, deeds]);

  function close() {
    setAsked(false);
    setDismissed(text);
  }

  function choose({ command }) {
    setAsked(false);
    setText("");
    deeds.say(`/${command}`);
    field.current.focus();
  }

  const keys = {
    Escape: close,
    Enter: choose,
    Tab: ({ command }) => setText(`/${command} `),
  };
  const list = useSuggestions({ items, open, text, keys });

  function toggle() {
    if (list.shown) close();
    else setAsked(true);
    field.current.focus();
  }

  return { ...list, toggle, choose };
}

export function CommandList({ commands, words }) {
  return html`<${SuggestionList} list=${commands} label=${words.commands} onChoose=${commands.choose}>
    ${(one) => html`<b>/${one.command}</b><span>${one.description}</span>`}
  <//>`;
}
