// What gets a name when it begins: a group, and a topic of one.
import { html } from "./vendor/preact-htm.js";
import { Dialog } from "./dialog.js";

const LONGEST = 128;

function Naming({ title, label, tick, words, onNamed, onClose }) {
  function onSubmit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    onClose();
    onNamed(form.get("name").trim(), form.has("tick"));
  }
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <form onSubmit=${onSubmit}>
      <label>${label}<input name="name" autocomplete="off" required pattern=".*\\S.*" maxlength=${LONGEST} /></label>
      ${tick && html`<label class="tick"><input type="checkbox" name="tick" />${tick}</label>`}
      <div class="dialog-buttons">
        <button type="button" class="button" onClick=${onClose}>${words.cancel}</button>
        <button class="button primary">${words.found}</button>
      </div>
    </form>
  <//>`;
}

export function NewGroup({ words, deeds, onFounded, onClose }) {
  async function onNamed(title, hasTopics) {
    const founded = await deeds.found(title, hasTopics);
    if (founded) onFounded({ id: founded.chat_id, title });
  }
  const naming = { title: words.newGroup, label: words.groupName, tick: words.withTopics };
  return html`<${Naming} ...${naming} words=${words} onNamed=${onNamed} onClose=${onClose} />`;
}

export function NewTopic({ words, deeds, onBegun, onClose }) {
  async function onNamed(name) {
    const begun = await deeds.beginTopic(name);
    if (begun) onBegun(begun.thread_id);
  }
  const naming = { title: words.newTopic, label: words.topicName };
  return html`<${Naming} ...${naming} words=${words} onNamed=${onNamed} onClose=${onClose} />`;
}
