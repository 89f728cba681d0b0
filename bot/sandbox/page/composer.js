// Where one writes: text, commands, files, replies and edits.
import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/preact-htm.js";
import { Attachments, kindOfFile } from "./attachments.js";
import { CommandList, useCommands } from "./commands.js";
import { Icon } from "./icons.js";
import { InlineResults, useInline } from "./inline.js";
import { ReplyKeyboard } from "./keyboard.js";
import { Popover } from "./popover.js";
import { nameOf, summaryOf } from "./texts.js";
import { isOwn } from "./world.js";

const draftKey = (key) => `draft-${key}`;

/** What is being written survives a reload of the page. */
function useDraft(key) {
  const [text, setText] = useState(sessionStorage.getItem(draftKey(key)) ?? "");
  useEffect(() => sessionStorage.setItem(draftKey(key), text), [text]);
  return [text, setText];
}

function Topic({ topic, place, onCancel }) {
  const { words, person } = place;
  const { message } = topic;
  const who = isOwn(message, person.id) ? words.you : nameOf(message.from);
  return html`<div class="topic">
    <${Icon} name=${topic.kind} />
    <span>
      <b>${topic.kind === "edit" ? words.editing : words.replyingTo(who)}</b>
      ${summaryOf(words, message)}
    </span>
    <button class="icon-button" aria-label=${words.cancel} onClick=${onCancel}><${Icon} name="close" /></button>
  </div>`;
}

function AttachMenu({ place, onPick }) {
  const { words, deeds } = place;
  const other = (kind) => ({ icon: kind, text: words.kinds[kind], onChoose: () => deeds.sendOther(kind) });
  const items = [
    { icon: "document", text: words.attachFile, onChoose: onPick },
    ...["contact", "location", "voice", "sticker"].map(other),
  ];
  return html`<${Popover} icon="clip" label=${words.attach} items=${items} side="above" />`;
}

/** Sends pictures, then other files; returns those that could not be sent. */
async function sendFiles({ files, asFiles, caption, replyTo, deeds }) {
  const kindOf = (file) => (asFiles ? "document" : kindOfFile(file));
  let said = caption;
  const kept = [];
  for (const kind of ["photo", "document"]) {
    const alike = files.filter((file) => kindOf(file) === kind);
    if (!alike.length) continue;
    kept.push(...(await deeds.upload(alike, kind, said, replyTo)));
    said = "";
  }
  return kept;
}

/** The id of the message that was chosen for it, or of one that asks for a reply. */
function answered(topic, markup) {
  const asked = markup?.force_reply ? markup.from : null;
  return (topic?.kind === "reply" ? topic.message : asked)?.message_id;
}

function send({ text, topic, markup, deeds }) {
  if (topic?.kind === "edit") return deeds.edit(topic.message.message_id, text);
  return deeds.say(text, answered(topic, markup));
}

export function Composer({ place, answers, menu, markup, suggested, topic, setTopic, files, setFiles, hint }) {
  const { words, deeds } = place;
  const [text, setText] = useDraft(place.key);
  const [asFiles, setAsFiles] = useState(false);
  const [usedKeyboard, setUsedKeyboard] = useState(null);
  const field = useRef();
  const picker = useRef();
  const commands = useCommands({ text, setText, deeds, field });
  const inline = useInline({ text, setText, answers, place, field });
  const offered = inline.shown ? inline : commands;

  useLayoutEffect(() => {
    if (!topic) return;
    if (topic.kind === "edit") setText(topic.message.text);
    field.current.focus();
  }, [topic]);

  useLayoutEffect(() => {
    if (markup?.force_reply) field.current.focus();
  }, [markup?.from.message_id]);

  useLayoutEffect(() => {
    if (!suggested) return;
    setText(suggested.text);
    field.current.focus();
  }, [suggested]);

  function cancelTopic() {
    if (topic.kind === "edit") setText("");
    setTopic(null);
    field.current.focus();
  }

  async function submit(event) {
    event?.preventDefault();
    const said = text.trim();
    if (!said && !files.length) return;
    setText("");
    setTopic(null);
    if (files.length) {
      const replyTo = answered(topic, markup);
      const kept = await sendFiles({ files, asFiles, caption: said, replyTo, deeds });
      setFiles(kept);
      if (kept.length) setText(said);
    } else if (!(await send({ text: said, topic, markup, deeds }))) {
      setText(said);
      setTopic(topic);
    }
  }

  function onKeyDown(event) {
    if (offered.onKeyDown(event)) return;
    if (event.key === "Escape" && topic) cancelTopic();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    submit(event);
  }

  function onPaste(event) {
    const pasted = [...event.clipboardData.files];
    if (!pasted.length) return;
    event.preventDefault();
    setFiles([...files, ...pasted]);
  }

  function onPicked() {
    setFiles([...files, ...picker.current.files]);
    picker.current.value = "";
    field.current.focus();
  }

  function said() {
    if (markup.one_time_keyboard) setUsedKeyboard(markup.from.message_id);
    field.current.focus();
  }

  const offersKeyboard = markup?.keyboard && usedKeyboard !== markup.from.message_id;
  return html`<footer class="composer">
    <${CommandList} commands=${commands} words=${words} />
    <${InlineResults} inline=${inline} words=${words} />
    ${topic && html`<${Topic} topic=${topic} place=${place} onCancel=${cancelTopic} />`}
    ${files.length > 0 &&
    html`<${Attachments} files=${files} setFiles=${setFiles} asFiles=${asFiles} setAsFiles=${setAsFiles} words=${words} />`}
    <form class="composer-row" onSubmit=${submit}>
      ${menu && menu.type !== "web_app" &&
      html`<button type="button" class="menu-button" aria-expanded=${commands.shown} aria-label=${words.commands} onClick=${commands.toggle}>
        <${Icon} name=${commands.shown ? "close" : "menu"} /><span>${words.menu}</span>
      </button>`}
      <textarea
        ref=${field}
        rows="1"
        value=${text}
        aria-label=${words.message}
        placeholder=${markup?.input_field_placeholder || hint || words.message}
        aria-autocomplete="list"
        aria-controls=${offered.shown ? offered.listId : undefined}
        aria-activedescendant=${offered.activeId}
        onInput=${(event) => setText(event.target.value)}
        onKeyDown=${onKeyDown}
        onPaste=${onPaste}
      ></textarea>
      <input ref=${picker} type="file" multiple hidden tabindex="-1" aria-label=${words.attachFile} onChange=${onPicked} />
      <${AttachMenu} place=${place} onPick=${() => picker.current.click()} />
      <button class="icon-button send" aria-label=${topic?.kind === "edit" ? words.save : words.send}>
        <${Icon} name="send" />
      </button>
    </form>
    ${offersKeyboard && html`<${ReplyKeyboard} markup=${markup} place=${place} onSaid=${said} />`}
  </footer>`;
}
