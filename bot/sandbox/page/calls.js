// The drawer with the Bot API calls as they happen.
import { html, useEffect } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";
import { memo } from "./memo.js";
import { clearCalls, watchCalls } from "./session.js";
import { calledIn } from "./texts.js";

const timeOf = (call, locale) =>
  new Intl.DateTimeFormat(locale, { timeStyle: "medium" }).format(new Date(call.at));

const Call = memo(function Call({ call, to, words }) {
  return html`<li class=${call.ok ? "call" : "call failed"}>
    <details>
      <summary>
        <span class="call-method">${call.method}</span>
        <span class="call-status">${call.status}</span>
        <span class="call-to">${[to, `${Math.round(call.ms)} ms`].filter(Boolean).join(" · ")}</span>
        <time>${timeOf(call, words.locale)}</time>
      </summary>
      ${call.description && html`<p>${call.description}</p>`}
      <pre tabindex="0">${JSON.stringify(call.params, null, 2)}</pre>
    </details>
  </li>`;
});

/** Asking for news goes on all the time and would drown the rest. */
const worthShowing = (call) => !(call.ok && call.method === "getUpdates");

export function Calls({ state, words, onClose }) {
  useEffect(() => {
    watchCalls(true);
    return () => watchCalls(false);
  }, []);
  const called = (chatId) => {
    const person = state.people.find((one) => one.chat.id === chatId);
    return person ? calledIn(words, person) : (chatId ?? "");
  };
  const shown = state.calls.filter(worthShowing).reverse();
  return html`<aside class="calls" aria-label=${words.callsTitle}>
    <header>
      <h2>${words.callsTitle}</h2>
      <button class="chip" onClick=${clearCalls}>${words.clearCalls}</button>
      <button class="icon-button" aria-label=${words.closePanel} onClick=${onClose}><${Icon} name="close" /></button>
    </header>
    ${shown.length
      ? html`<ol>
          ${shown.map(
            (call) => html`<${Call} key=${call.n} call=${call} to=${called(call.chat_id)} words=${words} />`,
          )}
        </ol>`
      : html`<p class="calls-empty">${words.noCalls}</p>`}
  </aside>`;
}
