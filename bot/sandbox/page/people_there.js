// Who is in a group: their rights, adding others, showing somebody out.
import { html, useEffect, useState } from "./vendor/preact-htm.js";
import { AdminRights } from "./admin_rights.js";
import { Avatar } from "./avatar.js";
import { Dialog } from "./dialog.js";
import { Icon } from "./icons.js";
import { titleOf } from "./seats.js";
import { calledIn, folded, nameOf } from "./texts.js";

const MOST_OFFERED = 6;

function Row({ one, called, under, children }) {
  return html`<li>
    <${Avatar} name=${nameOf(one)} number=${one.id} />
    <span><b>${called}</b>${under}</span>
    ${children}
  </li>`;
}

function Adding({ outside, words, calledHere, onAdd }) {
  const [query, setQuery] = useState("");
  const wanted = folded(query);
  const found = outside.filter((one) => folded(calledHere(one)).includes(wanted));
  return html`<h3>${words.addSomebody}</h3>
    <input type="search" value=${query} placeholder=${words.search} aria-label=${words.search} onInput=${(event) => setQuery(event.target.value)} />
    <ul class="people-there">
      ${found.slice(0, MOST_OFFERED).map(
        (one) => html`<${Row} key=${one.id} one=${one} called=${calledHere(one)}>
          <button class="button" aria-label=${words.addWhom(calledHere(one))} onClick=${() => onAdd(one)}>${words.add}</button>
        <//>`,
      )}
    </ul>`;
}

/** Asked anew whenever something has changed about the people of the page. */
function useThere(deeds, chat) {
  const [there, setThere] = useState(null);
  useEffect(() => {
    deeds.peopleThere().then((found) => found && setThere(found));
  }, [deeds, chat]);
  return there;
}

export function PeopleThere({ seat, people, bot, words, deeds, onClose }) {
  const there = useThere(deeds, seat.chat);
  const [chosen, setChosen] = useState(null);
  const title = titleOf(seat.chat);
  const known = (one) => people.find(({ id }) => id === one.id);
  const calledHere = (one) => (known(one) ? calledIn(words, known(one)) : nameOf(one));
  if (!there) return null;
  const present = new Set(there.people.map(({ id }) => id));
  const outside = [bot, ...people].filter(({ id }) => !present.has(id));
  const does = (deed) => () => {
    setChosen(null);
    deed();
  };
  const row = (one) => {
    const rules = one.status !== "creator" && one.id !== seat.person.id;
    const called = calledHere(one);
    return html`<${Row} key=${one.id} one=${one} called=${called} under=${words.status[one.status]}>
      ${rules &&
      there.may_appoint &&
      html`<button class="icon-button" aria-label=${words.rightsOf(called)} title=${words.rightsOf(called)} onClick=${() => setChosen(one)}>
        <${Icon} name="edit" />
      </button>`}
      ${rules &&
      there.may_remove &&
      html`<button class="icon-button" aria-label=${words.removeWhom(called)} title=${words.removeWhom(called)} onClick=${() => deeds.remove(one.id)}>
        <${Icon} name="close" />
      </button>`}
    <//>`;
  };
  return html`<${Dialog} title=${chosen ? words.adminRights : title} onClose=${onClose} closeLabel=${words.closePanel}>
    ${chosen
      ? html`<${AdminRights}
          intro=${calledHere(chosen)}
          known=${there.rights}
          given=${chosen.rights}
          action=${words.saveRights}
          words=${words}
          onSave=${(rights) => does(() => deeds.appoint(chosen.id, rights))()}
          onDismiss=${chosen.status === "administrator" && does(() => deeds.dismiss(chosen.id))}
          onBack=${() => setChosen(null)}
        />`
      : html`<ul class="people-there">${there.people.map(row)}</ul>
          ${there.may_add && html`<${Adding} outside=${outside} words=${words} calledHere=${calledHere} onAdd=${({ id }) => deeds.add(id)} />`}`}
  <//>`;
}
