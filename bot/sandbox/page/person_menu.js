// What a person may do beside writing: block the bot, come by a link, leave a group.
import { html, useState } from "./vendor/preact-htm.js";
import { Dialog } from "./dialog.js";
import { startOf } from "./links.js";
import { Popover } from "./popover.js";

const INTO_A_GROUP = /^@|t\.me\/(?![^?]+\?start)/;

const codeOf = (text) => /[?&]start=([\w-]*)/.exec(text)?.[1] ?? text;

function LinkDialog({ botName, words, deeds, onClose }) {
  function onSubmit(event) {
    event.preventDefault();
    const link = new FormData(event.target).get("link").trim();
    if (startOf(link, botName) === null && INTO_A_GROUP.test(link)) deeds.join(link);
    else deeds.open(codeOf(link));
    onClose();
  }
  return html`<${Dialog} title=${words.followLinkTitle} onClose=${onClose}>
    <form onSubmit=${onSubmit}>
      <label>${words.followLinkLabel}<input name="link" autocomplete="off" /></label>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick=${onClose}>${words.cancel}</button>
        <button class="button primary">${words.follow}</button>
      </div>
    </form>
  <//>`;
}

export function PersonMenu({ seat, botName, words, deeds }) {
  const { person, chat } = seat;
  const [linking, setLinking] = useState(false);
  const come = { icon: "link", text: words.followLink, onChoose: () => setLinking(true) };
  const leave = { icon: "leave", text: words.leave, onChoose: () => deeds.leave() };
  const block = {
    icon: person.blocked ? "reset" : "blocked",
    text: person.blocked ? words.unblock : words.block,
    onChoose: () => deeds.block(!person.blocked),
  };
  const items = [come, chat.id === person.chat.id ? block : leave];
  return html`<${Popover} icon="more" label=${words.more} items=${items} />
    ${linking && html`<${LinkDialog} botName=${botName} words=${words} deeds=${deeds} onClose=${() => setLinking(false)} />`}`;
}
