// Results of the bot's inline mode, offered while one writes `@bot …`.
import { html, useEffect } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";
import { SuggestionList, useSuggestions } from "./suggestions.js";

const PAUSE = 250;

/** What is asked of the bot, or null when the words are not for its inline mode. */
function queryOf(text, botName) {
  const [, name, query] = /^@(\w+)\s([^]*)$/.exec(text) ?? [];
  return name?.toLowerCase() === botName.toLowerCase() ? query : null;
}

/** What the bot answered, with the button it put over its results. */
function itemsOf({ button, results }) {
  const start = button?.start_parameter;
  const first = start === undefined ? [] : [{ id: "button", title: button.text, start }];
  return [...first, ...results];
}

/** `answers` is the newest answer of the bot to this person, whatever was asked. */
export function useInline({ text, setText, answers, place, field }) {
  const { bot, deeds, onStart } = place;
  const query = queryOf(text, bot.username);
  const open = query !== null && answers?.query === query;

  useEffect(() => {
    if (query === null) return undefined;
    const timer = setTimeout(() => deeds.inline(query), PAUSE);
    return () => clearTimeout(timer);
  }, [query, deeds]);

  function choose({ id, start }) {
    setText("");
    if (start === undefined) deeds.chooseInline({ query_id: answers.query_id, result_id: id });
    else onStart(start);
    field.current.focus();
  }

  const keys = { Escape: () => setText(""), Enter: choose };
  const items = open ? itemsOf(answers) : [];
  return { ...useSuggestions({ items, open, text, keys }), choose };
}

const titleOf = (result, words) =>
  result.title || result.caption || result.first_name || words.kinds[result.type] || words.kinds.other;

export function InlineResults({ inline, words }) {
  return html`<${SuggestionList} list=${inline} label=${words.inlineResults} onChoose=${inline.choose}>
    ${(result) => html`<${Icon} name=${result.type === "photo" ? "photo" : "document"} />
      <b>${titleOf(result, words)}</b>
      ${result.description && html`<span>${result.description}</span>`}`}
  <//>`;
}
