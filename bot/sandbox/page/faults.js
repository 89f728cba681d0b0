// Trouble on demand: the next few calls of the bot meet a bad day of Telegram or the network.
import { html, useEffect, useState } from "./vendor/preact-htm.js";
import { fetchFaults, setFaults } from "./api.js";

const KINDS = ["429", "5xx", "hold", "accept_then_cut"];
const SECONDS = 3;
const MOST = 100;

const METHODS = ["sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates"];

const remaining = (faults) => faults.reduce((sum, { times }) => sum + (times ?? Infinity), 0);

export function Faults({ calls, words }) {
  const [faults, setKnown] = useState([]);
  const [failed, setFailed] = useState("");
  const learn = (request) =>
    request.then(
      (known) => {
        setKnown(known);
        setFailed("");
      },
      (error) => setFailed(words.failed(error.message)),
    );
  const active = faults.filter(({ times }) => times !== 0);
  useEffect(() => {
    learn(fetchFaults());
  }, []);
  useEffect(() => {
    if (active.length) learn(fetchFaults());
  }, [calls]);

  function onSubmit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const { kind, method, times } = Object.fromEntries(form);
    learn(setFaults([{ kind, method, times: Number(times), seconds: SECONDS }]));
  }

  return html`<details class="faults">
    <summary>
      ${words.faults}
      ${active.length > 0 && html` <span class="faults-active">${words.faultsLeft(remaining(active))}</span>`}
    </summary>
    <form onSubmit=${onSubmit}>
      <label>${words.faultKind}
        <select name="kind">
          ${KINDS.map((kind) => html`<option value=${kind}>${words.faultKinds[kind]}</option>`)}
        </select>
      </label>
      <label>${words.faultMethod}
        <select name="method">
          ${METHODS.map((method) => html`<option value=${method}>${method}</option>`)}
          <option value="*">${words.faultAll}</option>
        </select>
      </label>
      <label>${words.faultTimes}
        <input name="times" type="number" min="1" max=${MOST} value="3" required />
      </label>
      <div class="faults-buttons">
        <button class="button danger">${words.faultStart}</button>
        ${active.length > 0 &&
        html`<button type="button" class="button" onClick=${() => learn(setFaults([]))}>${words.faultStop}</button>`}
      </div>
    </form>
    ${failed && html`<p role="alert">${failed}</p>`}
  </details>`;
}
