// The rows of the list of people: a person with the private chat, and each of the groups.
import { html } from "./vendor/preact-htm.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icons.js";
import { memo } from "./memo.js";
import { short } from "./moments.js";
import { titleOf, unreadOf } from "./seats.js";
import { calledIn, nameBesideRole, nameOf, summaryOf } from "./texts.js";

function lastWords({ last }, words) {
  if (!last) return words.noMessages;
  if (last.message) return summaryOf(words, last.message);
  return last.text || words.kinds[last.kind] || words.service[last.kind] || words.kinds.other;
}

const dateOf = (last) => new Date(typeof last.date === "number" ? last.date * 1000 : last.date);

function Badge({ count, words }) {
  if (!count) return null;
  return html`<span class="badge"><span aria-hidden="true">${count > 99 ? "99+" : count}</span>
    <span class="hidden">${words.unread(count)}</span></span>`;
}

function Fold({ unfolds, called, words, onClick }) {
  const label = words.groupsOf(called);
  return html`<button class="icon-button fold-groups" aria-expanded=${unfolds} aria-label=${label} title=${label} onClick=${onClick}>
    <${Icon} name="down" />
  </button>`;
}

/** `unfolds` is undefined for somebody in no group. */
export const PersonRow = memo(function PersonRow(row) {
  const { name, person, top, at, count, open, canAdd, unfolds, now, words } = row;
  const { last } = person.chat;
  const called = calledIn(words, person);
  const role = words.roles[person.role];
  const beside = nameBesideRole(words, person);
  return html`<li
    class=${`person ${open ? "open" : ""} ${unfolds === undefined ? "" : "has-groups"}`}
    style=${{ top: `${top}px` }}
    aria-setsize=${count}
    aria-posinset=${at + 1}
  >
    <button class="person-button" aria-current=${open ? "true" : undefined} title=${called} onClick=${() => row.onOpen(name)}>
      <${Avatar} name=${nameOf(person)} number=${person.id} />
      <span class="person-words">
        <span class="person-top">
          <b>${role ?? nameOf(person)}</b>
          ${beside && html`<span class="person-name">${beside}</span>`}
          <span class="person-time">${last && short(dateOf(last), now, words.locale)}</span>
        </span>
        <span class="person-bottom">
          <span class="person-last">${lastWords(person.chat, words)}</span>
          <${Badge} count=${unfolds ? person.chat.unread : unreadOf(person)} words=${words} />
        </span>
      </span>
    </button>
    ${unfolds !== undefined &&
    html`<${Fold} unfolds=${unfolds} called=${called} words=${words} onClick=${() => row.onFold(person.id, !unfolds)} />`}
    ${canAdd &&
    html`<button class="icon-button beside" aria-label=${words.openBeside(called)} title=${words.openBeside(called)} onClick=${() => row.onBeside(name)}>
      <${Icon} name="beside" />
    </button>`}
  </li>`;
});

export const GroupRow = memo(function GroupRow({ name, person, chat, top, at, count, open, words, onOpen }) {
  return html`<li
    class=${`person group ${open ? "open" : ""}`}
    style=${{ top: `${top}px` }}
    aria-setsize=${count}
    aria-posinset=${at + 1}
  >
    <button class="person-button" aria-current=${open ? "true" : undefined} onClick=${() => onOpen(name)}>
      <${Avatar} name=${titleOf(chat)} number=${chat.id} />
      <span class="person-words">
        <b>${titleOf(chat)}</b><span class="hidden">${calledIn(words, person)}</span>
        <span class="person-last">${lastWords(chat, words)}</span>
      </span>
      <${Badge} count=${chat.unread} words=${words} />
    </button>
  </li>`;
});
