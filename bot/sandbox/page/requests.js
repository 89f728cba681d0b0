// People who ask to join a group, before the eyes of those who may let them in.
import { html } from "./vendor/preact-htm.js";
import { Avatar } from "./avatar.js";
import { nameOf } from "./texts.js";

export function Requests({ requests, place }) {
  if (!requests.length) return null;
  const { words, deeds } = place;
  return html`<ul class="requests" aria-label=${words.requests}>
    ${requests.map((person) => {
      const name = nameOf(person);
      return html`<li key=${person.id}>
        <${Avatar} name=${name} number=${person.id} />
        <span><b>${name}</b> ${words.wantsIn}</span>
        <button class="button primary" aria-label=${words.admitWhom(name)} onClick=${() => deeds.decide(person.id, true)}>${words.admit}</button>
        <button class="button" aria-label=${words.declineWhom(name)} onClick=${() => deeds.decide(person.id, false)}>${words.decline}</button>
      </li>`;
    })}
  </ul>`;
}
