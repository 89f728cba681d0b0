// A new group: its name, and whether it has topics.
import { html, useState } from "./vendor/preact-htm.js";
import { Dialog } from "./dialog.js";

const LONGEST = 128;

export function NewGroup({ words, deeds, onFounded, onClose }) {
  const [founding, setFounding] = useState(false);
  async function onSubmit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    setFounding(true);
    const founded = await deeds.found(form.get("title").trim(), form.has("topics"));
    onClose();
    if (founded) onFounded({ id: founded.chat_id, title: form.get("title").trim() });
  }
  return html`<${Dialog} title=${words.newGroup} onClose=${onClose}>
    <form onSubmit=${onSubmit}>
      <label>${words.groupName}<input name="title" autocomplete="off" required pattern=".*\\S.*" maxlength=${LONGEST} /></label>
      <label class="tick"><input type="checkbox" name="topics" />${words.withTopics}</label>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick=${onClose}>${words.cancel}</button>
        <button class="button primary" disabled=${founding}>${words.found}</button>
      </div>
    </form>
  <//>`;
}
