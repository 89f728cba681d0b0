// What a person may do beside writing: block the bot, come by a link, found a group and lead it.
import { html, useState } from "./vendor/preact-htm.js";
import { Dialog } from "./dialog.js";
import { NewGroup, NewTopic } from "./founding.js";
import { follow, staysInside } from "./links.js";
import { PeopleThere } from "./people_there.js";
import { Popover } from "./popover.js";
import { keyOf } from "./seats.js";

const INTO_A_GROUP = /^@|t\.me\/(?![^?]+\?start)/;

const codeOf = (text) => /[?&]start=([\w-]*)/.exec(text)?.[1] ?? text;

function LinkDialog({ bot, words, deeds, onAddBot, onStart, onClose }) {
  function onSubmit(event) {
    event.preventDefault();
    const link = new FormData(event.target).get("link").trim();
    onClose();
    if (staysInside(link, bot.username)) follow(link, { bot, deeds, onAddBot, onStart });
    else if (INTO_A_GROUP.test(link)) deeds.join(link);
    else onStart(codeOf(link));
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

/** In private there is the bot to be blocked, in a group there are people. */
function itemsFor({ person, chat }, words, deeds, { setShown, onMoved }) {
  const come = { icon: "link", text: words.followLink, onChoose: () => setShown("link") };
  if (chat.id === person.chat.id) {
    const block = {
      icon: person.blocked ? "reset" : "blocked",
      text: person.blocked ? words.unblock : words.block,
      onChoose: () => deeds.block(!person.blocked),
    };
    return [come, { icon: "people", text: words.newGroupMore, onChoose: () => setShown("group") }, block];
  }
  const upgrade = async () => {
    const upgraded = await deeds.upgrade();
    if (upgraded) onMoved({ id: upgraded.chat_id });
  };
  return [
    { icon: "people", text: words.peopleThere, onChoose: () => setShown("people") },
    chat.may_begin_topics && { icon: "plus", text: words.newTopicMore, onChoose: () => setShown("topic") },
    chat.may_upgrade && { icon: "up", text: words.upgrade, onChoose: upgrade },
    come,
    { icon: "leave", text: words.leave, onChoose: () => deeds.leave() },
  ].filter(Boolean);
}

export function PersonMenu({ seat, people, bot, words, deeds, onAddBot, onStart, onSeat }) {
  const [shown, setShown] = useState("");
  const onMoved = (chat) => onSeat(keyOf(seat.person, chat));
  const onBegun = (thread) => onSeat(keyOf(seat.person, seat.chat, thread));
  const common = { bot, words, deeds, onAddBot, onStart, onClose: () => setShown("") };
  return html`<${Popover} icon="more" label=${words.more} items=${itemsFor(seat, words, deeds, { setShown, onMoved })} />
    ${shown === "link" && html`<${LinkDialog} ...${common} />`}
    ${shown === "group" && html`<${NewGroup} ...${common} onFounded=${onMoved} />`}
    ${shown === "topic" && html`<${NewTopic} ...${common} onBegun=${onBegun} />`}
    ${shown === "people" && html`<${PeopleThere} ...${common} seat=${seat} people=${people} />`}`;
}
