// A link asks to add the bot to a group: to which one, and with which rights.
import { html, useState } from "./vendor/preact-htm.js";
import { AdminRights } from "./admin_rights.js";
import { Avatar } from "./avatar.js";
import { Dialog } from "./dialog.js";
import { NewGroup } from "./founding.js";
import { groupsOf, titleOf } from "./seats.js";

function Groups({ groups, words, onChoose, onNew }) {
  return html`<ul class="people-there">
      ${groups.map(
        (chat) => html`<li key=${chat.id}>
          <button class="group-choice" onClick=${() => onChoose(chat)}>
            <${Avatar} name=${titleOf(chat)} number=${chat.id} /><b>${titleOf(chat)}</b>
          </button>
        </li>`,
      )}
    </ul>
    ${!groups.length && html`<p>${words.noGroups}</p>`}
    <div class="dialog-buttons"><button class="button" onClick=${onNew}>${words.newGroupMore}</button></div>`;
}

/** What it may do there already stays, beside what the link asks for. */
const wantedOf = (wish, there, bot) => [
  ...(wish.rights ?? []),
  ...(there.people.find(({ id }) => id === bot.id)?.rights ?? []),
];

export function AddingBot({ wish, seat, bot, words, deeds, onClose }) {
  const [founding, setFounding] = useState(false);
  const [chosen, setChosen] = useState(null);
  const groups = groupsOf(seat.person).filter((chat) => chat.may_appoint);

  async function done(chat, deed) {
    onClose();
    if (!(await deed)) return;
    if (wish.start) await deeds.sayIn(chat.id, `/start@${bot.username} ${wish.start}`);
    deeds.tell(words.botIsIn(titleOf(chat)));
  }
  async function choose(chat) {
    if (!wish.rights) return done(chat, deeds.add(bot.id, chat.id));
    const there = await deeds.peopleThere(chat);
    return there ? setChosen({ chat, there }) : onClose();
  }

  if (founding) return html`<${NewGroup} words=${words} deeds=${deeds} onFounded=${choose} onClose=${() => setFounding(false)} />`;
  return html`<${Dialog} title=${chosen ? titleOf(chosen.chat) : words.addBotWhere} onClose=${onClose}>
    ${chosen
      ? html`<${AdminRights}
          intro=${words.addBotAs}
          known=${chosen.there.rights}
          given=${wantedOf(wish, chosen.there, bot)}
          action=${words.addAsAdmin}
          words=${words}
          onSave=${(rights) => done(chosen.chat, deeds.appoint(bot.id, rights, chosen.chat.id))}
          onBack=${() => setChosen(null)}
        />`
      : html`<${Groups} groups=${groups} words=${words} onChoose=${choose} onNew=${() => setFounding(true)} />`}
  <//>`;
}
