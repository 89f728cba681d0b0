// Files chosen, dropped or pasted, before they are sent.
import { html, useEffect, useMemo } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";
import { bytes } from "./moments.js";

const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/gif"];

export const kindOfFile = (file) => (PICTURES.includes(file.type) ? "photo" : "document");

function Attachment({ file, onRemove, words }) {
  const picture = kindOfFile(file) === "photo";
  const url = useMemo(() => (picture ? URL.createObjectURL(file) : null), [file]);
  useEffect(() => () => url && URL.revokeObjectURL(url), [url]);
  return html`<li>
    ${url ? html`<img src=${url} alt="" />` : html`<span class="file-sign"><${Icon} name="document" /></span>`}
    <span class="attachment-words">
      <span class="attachment-name">${file.name}</span>
      <small>${bytes(file.size, words.locale)}</small>
    </span>
    <button class="icon-button" aria-label=${words.removeFile(file.name)} onClick=${onRemove}>
      <${Icon} name="close" />
    </button>
  </li>`;
}

export function Attachments({ files, setFiles, asFiles, setAsFiles, words }) {
  return html`<div class="attachments">
    <ul aria-label=${words.attached}>
      ${files.map(
        (file) => html`<${Attachment}
          key=${file}
          file=${file}
          words=${words}
          onRemove=${() => setFiles(files.filter((other) => other !== file))}
        />`,
      )}
    </ul>
    ${files.some((file) => kindOfFile(file) === "photo") &&
    html`<label class="as-files">
      <input type="checkbox" checked=${asFiles} onChange=${(event) => setAsFiles(event.target.checked)} />
      ${words.asFile}
    </label>`}
  </div>`;
}
