// What a person may do beside writing: block the bot, or come to it by a link.
import { html, useState } from "./vendor/preact-htm.js";
import { Dialog } from "./dialog.js";
import { Popover } from "./popover.js";

const codeOf = (text) => {
  const found = /[?&]start=([\w-]*)/.exec(text);
  return found ? found[1] : text.trim();
};

function LinkDialog({ words, deeds, onClose }) {
  function onSubmit(event) {
    event.preventDefault();
    deeds.open(codeOf(new FormData(event.target).get("link")));
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

export function PersonMenu({ person, words, deeds }) {
  const [linking, setLinking] = useState(false);
  const items = [
    { icon: "beside", text: words.followLink, onChoose: () => setLinking(true) },
    {
      icon: person.blocked ? "reset" : "close",
      text: person.blocked ? words.unblock : words.block,
      onChoose: () => deeds.block(!person.blocked),
    },
  ];
  return html`<${Popover} icon="more" label=${words.more} items=${items} />
    ${linking && html`<${LinkDialog} words=${words} deeds=${deeds} onClose=${() => setLinking(false)} />`}`;
}
