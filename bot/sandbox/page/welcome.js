// The first visit: what this is and what to try; later, a quiet word where nothing is open.
import { html } from "./vendor/preact-htm.js";
import { Logo } from "./icons.js";
import { choose } from "./settings.js";

const TRY = { guest: ["guest"], member: ["member"], manager: ["manager", "member"] };

const keysOf = (roles, people) =>
  roles
    .map((role) => people.find((person) => person.role === role))
    .filter(Boolean)
    .map((person) => String(person.id));

function Suggestion({ role, people, words, onShow }) {
  const keys = keysOf(TRY[role], people);
  if (!keys.length) return null;
  const { title, text, action } = words.welcome[role];
  return html`<li>
    <h3>${title}</h3>
    <p>${text}</p>
    <button class="button" onClick=${() => onShow(keys)}>${action}</button>
  </li>`;
}

export function Welcome({ people, words, onShow }) {
  const { title, text, tryTitle, close } = words.welcome;
  return html`<section class="welcome" aria-labelledby="welcome-title">
    <${Logo} />
    <h2 id="welcome-title">${title}</h2>
    ${text.map((sentence) => html`<p>${sentence}</p>`)}
    <h3 class="welcome-try">${tryTitle}</h3>
    <ul>
      ${Object.keys(TRY).map(
        (role) => html`<${Suggestion} role=${role} people=${people} words=${words} onShow=${onShow} />`,
      )}
    </ul>
    <button class="button primary" onClick=${() => choose({ welcomed: true })}>${close}</button>
  </section>`;
}

export function NobodyChosen({ words }) {
  return html`<section class="nobody-chosen">
    <${Logo} />
    <h2>${words.chooseTitle}</h2>
    <p>${words.chooseText}</p>
  </section>`;
}
