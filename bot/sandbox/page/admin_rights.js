// What an administrator of a group may do, each right by the name that Telegram gives it.
import { html } from "./vendor/preact-htm.js";

const SHOWN = [
  "can_change_info", "can_delete_messages", "can_restrict_members", "can_invite_users",
  "can_pin_messages", "can_manage_topics", "can_manage_tags", "can_manage_video_chats",
  "can_promote_members",
];

export function AdminRights({ intro, known, given, action, words, onSave, onDismiss, onBack }) {
  const offered = SHOWN.filter((name) => known.includes(name));
  function onSubmit(event) {
    event.preventDefault();
    const ticked = new FormData(event.target);
    onSave(offered.filter((name) => ticked.has(name)));
  }
  return html`<form onSubmit=${onSubmit}>
    <p>${intro}</p>
    <fieldset class="rights">
      <legend class="hidden">${words.adminRights}</legend>
      ${offered.map(
        (name) => html`<label class="tick" key=${name}>
          <input type="checkbox" name=${name} defaultChecked=${given.includes(name)} />${words.rights[name]}
        </label>`,
      )}
    </fieldset>
    <div class="dialog-buttons">
      ${onDismiss && html`<button type="button" class="button danger" onClick=${onDismiss}>${words.dismiss}</button>`}
      <button type="button" class="button" onClick=${onBack}>${words.cancel}</button>
      <button class="button primary">${action}</button>
    </div>
  </form>`;
}
