// A round sign with the initials of a person or a group, always in the same colour.
import { html } from "./vendor/preact-htm.js";

const HUES = 6;

const initialsOf = (name) =>
  name.split(" ").filter(Boolean).slice(0, 2).map(([letter]) => letter.toUpperCase()).join("");

export function Avatar({ name, number }) {
  return html`<span class=${`avatar hue-${Math.abs(number) % HUES}`} aria-hidden="true">
    ${initialsOf(name) || "?"}
  </span>`;
}
