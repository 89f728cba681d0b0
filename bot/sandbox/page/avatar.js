// A round sign with somebody's initials, always in the same colour.
import { html } from "./vendor/preact-htm.js";
import { nameOf } from "./texts.js";

const HUES = 6;

const initialsOf = (name) =>
  name.split(" ").filter(Boolean).slice(0, 2).map((word) => word[0].toUpperCase()).join("");

export function Avatar({ person }) {
  return html`<span class=${`avatar hue-${person.id % HUES}`} aria-hidden="true">
    ${initialsOf(nameOf(person)) || "?"}
  </span>`;
}
