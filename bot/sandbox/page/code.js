// A QR code in a picture, opened in the page.
import { html, useEffect, useState } from "./vendor/preact-htm.js";
import { fetchCodes } from "./api.js";
import { Icon } from "./icons.js";
import { follow, safeUrl } from "./links.js";

/** The link in a picture that is looked at, once it has been read. */
export function useCode(fileId, looking) {
  const [link, setLink] = useState(null);
  const read = async () => setLink((await fetchCodes(fileId).catch(() => [])).find(safeUrl) ?? null);
  useEffect(() => void (looking && read()), [fileId, looking]);
  return link;
}

export function OpenCode({ link, place, onOpen }) {
  if (!link) return null;
  const open = () => {
    onOpen();
    follow(link, place);
  };
  return html`<button class="button primary open-code" title=${link} onClick=${open}>
    <${Icon} name="link" />${place.words.openCode}
  </button>`;
}
