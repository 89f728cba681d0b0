// The drawer with the Bot API calls as they happen.
import { html, useEffect, useMemo, useState } from "./vendor/preact-htm.js";
import { Faults } from "./faults.js";
import { Icon } from "./icons.js";
import { memo } from "./memo.js";
import { clearCalls, watchCalls } from "./session.js";
import { calledIn } from "./texts.js";

const timeOf = (call, locale) =>
  new Intl.DateTimeFormat(locale, { timeStyle: "medium" }).format(new Date(call.at));

const asJson = (thing) => JSON.stringify(thing, null, 2);

const Call = memo(function Call({ call, to, words }) {
  const [copied, setCopied] = useState("");
  const copy = () =>
    navigator.clipboard.writeText(asJson(call)).then(
      () => setCopied(words.copied),
      (error) => setCopied(words.failed(error.message)),
    );
  return html`<li class=${call.ok ? "call" : "call failed"}>
    <details>
      <summary>
        <span class="call-method">${call.method}</span>
        <span class="call-status">${call.status}</span>
        <span class="call-to">${[to, `${Math.round(call.ms)} ms`].filter(Boolean).join(" · ")}</span>
        <time>${timeOf(call, words.locale)}</time>
      </summary>
      ${call.description && html`<p>${call.description}</p>`}
      <div class="call-details">
        <button class="chip" onClick=${copy}>${words.copyJson}</button>
        <span class="call-copied" role="status">${copied}</span>
        <pre tabindex="0">${asJson(call.params)}</pre>
      </div>
    </details>
  </li>`;
});

/** Asking for news goes on all the time and would drown the rest. */
const isQuiet = (call) => call.method === "getUpdates" && call.ok;

function Filter({ calls, method, setMethod, hides, setHides, words }) {
  const methods = [...new Set(calls.map((call) => call.method))].sort();
  return html`<div class="calls-filter">
    <select value=${method} aria-label=${words.filterMethod} onChange=${(event) => setMethod(event.target.value)}>
      <option value="">${words.allMethods}</option>
      ${methods.map((name) => html`<option value=${name}>${name}</option>`)}
    </select>
    <label>
      <input type="checkbox" checked=${hides} onChange=${(event) => setHides(event.target.checked)} />
      ${words.hideUpdates}
    </label>
    <button class="chip" onClick=${clearCalls}>${words.clearCalls}</button>
  </div>`;
}

export function Calls({ state, words, onClose }) {
  const [method, setMethod] = useState("");
  const [hides, setHides] = useState(true);
  useEffect(() => {
    watchCalls(true);
    return () => watchCalls(false);
  }, []);
  const called = (chatId) => {
    const person = state.people.find((one) => one.chat.id === chatId);
    return person ? calledIn(words, person) : (chatId ?? "");
  };
  const wanted = (call) => (method ? call.method === method : !(hides && isQuiet(call)));
  const shown = useMemo(() => state.calls.filter(wanted).reverse(), [state.calls, method, hides]);
  return html`<aside class="calls" aria-label=${words.callsTitle}>
    <header>
      <h2>${words.callsTitle}</h2>
      <button class="icon-button" aria-label=${words.closePanel} title=${words.closePanel} onClick=${onClose}><${Icon} name="close" /></button>
    </header>
    <${Faults} words=${words} calls=${state.calls} />
    <${Filter} calls=${state.calls} method=${method} setMethod=${setMethod} hides=${hides} setHides=${setHides} words=${words} />
    ${shown.length
      ? html`<ol>
          ${shown.map(
            (call) => html`<${Call} key=${call.n} call=${call} to=${called(call.chat_id)} words=${words} />`,
          )}
        </ol>`
      : html`<p class="calls-empty">${words.noCalls}</p>`}
  </aside>`;
}
