// The bar over everything: what this is, the clock, and the settings of the window.
import { html, useState } from "./vendor/preact-htm.js";
import { Clock } from "./clock.js";
import { Dialog } from "./dialog.js";
import { Icon, Logo } from "./icons.js";
import { reset } from "./session.js";
import { choose } from "./settings.js";

const NEXT_THEME = { auto: "light", light: "dark", dark: "auto" };
const OTHER_LANGUAGE = { cs: "en", en: "cs" };

function ResetDialog({ words, onClose }) {
  const onReset = () => {
    reset();
    onClose();
  };
  return html`<${Dialog} title=${words.resetTitle} onClose=${onClose}>
    <p>${words.resetText}</p>
    <div class="dialog-buttons">
      <button class="button" onClick=${onClose}>${words.cancel}</button>
      <button class="button danger" onClick=${onReset}>${words.reset}</button>
    </div>
  <//>`;
}

export function Topbar({ state, settings, words, showsCalls, onCalls, onHelp }) {
  const [resetting, setResetting] = useState(false);
  const { theme, language } = settings;
  return html`<header class="topbar">
    <div class="brand">
      <${Logo} />
      <div>
        <strong>${words.title}</strong>
        <p>${words.subtitle}</p>
      </div>
    </div>
    <${Clock} state=${state} words=${words} />
    <div class="topbar-tools" role="group" aria-label=${words.settings}>
      <button class="icon-button" aria-label=${words.reset} title=${words.reset} onClick=${() => setResetting(true)}>
        <${Icon} name="reset" />
      </button>
      <button class="icon-button" aria-label=${words.calls} title=${words.calls} aria-pressed=${showsCalls} onClick=${onCalls}>
        <${Icon} name="calls" />
      </button>
      <button class="icon-button" aria-label=${words.theme[theme]} title=${words.theme[theme]} onClick=${() => choose({ theme: NEXT_THEME[theme] })}>
        <${Icon} name=${theme} />
      </button>
      <button class="icon-button" aria-label=${words.help} title=${words.help} onClick=${onHelp}>
        <${Icon} name="help" />
      </button>
      <button class="chip" lang=${OTHER_LANGUAGE[language]} onClick=${() => choose({ language: OTHER_LANGUAGE[language] })}>
        ${words.otherLanguage}
      </button>
    </div>
    ${resetting && html`<${ResetDialog} words=${words} onClose=${() => setResetting(false)} />`}
  </header>`;
}
