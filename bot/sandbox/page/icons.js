// The drawn signs of the page; each is decoration, its button carries the words.
import { html } from "./vendor/preact-htm.js";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  beside: "M4 5h16v14H4zM12 5v14M16 10v4M14 12h4",
  calls: "M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14",
  clock: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3.5 2",
  close: "M6 6l12 12M18 6L6 18",
  contact: "M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20c.8-4 3.7-5.5 7.5-5.500s6.7 1.5 7.5 5.5",
  copy: "M9 9h10v11H9zM5 15V4h10",
  dark: "M20 14.500A8.5 8.5 0 119.5 4 6.7 6.7 0 0020 14.500z",
  document: "M7 3h7l5 5v13H7zM14 3v5h5",
  down: "M6 9l6 6 6-6",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  check: "M5 13l4 4L19 7",
  blocked: "M12 3a9 9 0 100 18 9 9 0 000-18zM5.700 5.700l12.600 12.600",
  leave: "M10 4H5v16h5M14 8l4 4-4 4M9 12h9",
  link: "M10 14a4 4 0 005.700 0l3-3a4 4 0 00-5.700-5.700l-1 1M14 10a4 4 0 00-5.700 0l-3 3a4 4 0 005.700 5.700l1-1",
  react: "M12 3a9 9 0 100 18 9 9 0 000-18zM8.500 14c1.600 2.600 5.400 2.600 7 0M9 9.500v.1M15 9.500v.1",
  help: "M12 3a9 9 0 100 18 9 9 0 000-18zM9.5 9.500a2.5 2.5 0 114 2c-1 .7-1.5 1.2-1.5 2.300M12 17v.1",
  light: "M12 8a4 4 0 100 8 4 4 0 000-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.500M17.5 17.500L19 19M19 5l-1.5 1.500M6.5 17.500L5 19",
  auto: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 3v18M12 7h4.500M12 11h6M12 15h5",
  list: "M8 7h12M8 12h12M8 17h12M4 7h.1M4 12h.1M4 17h.1",
  lock: "M7 11h10v9H7zM9 11V8a3 3 0 016 0v3",
  location: "M12 21s7-6 7-11.500A7 7 0 005 9.500C5 15 12 21 12 21zM12 7.500a2.2 2.2 0 100 4.4 2.2 2.2 0 000-4.400z",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M5 11a1 1 0 100 2 1 1 0 000-2zM12 11a1 1 0 100 2 1 1 0 000-2zM19 11a1 1 0 100 2 1 1 0 000-2z",
  clip: "M20 11l-8.5 8.500a5 5 0 01-7-7L13 4a3.5 3.5 0 015 5l-8.5 8.500a1.8 1.8 0 01-2.5-2.500L15 7",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.5 8.500h.1",
  people: "M9 5a3 3 0 100 6 3 3 0 000-6zM3 19c.6-3.400 2.800-5 6-5s5.400 1.600 6 5M16 5.500a3 3 0 010 5.400M17.500 14.300c1.900.6 3 2.100 3.500 4.700",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  up: "M12 19V6M6 11l6-6 6 6",
  unpin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7M4 4l16 16",
  plus: "M12 5v14M5 12h14",
  reply: "M10 6L4 12l6 6M4 12h9c4 0 6 2 7 6",
  reset: "M5 12a7 7 0 107-7H7M10 2L7 5l3 3",
  search: "M11 4a7 7 0 100 14 7 7 0 000-14zM16 16l4.5 4.5",
  send: "M4 12l16-8-6 16-3-6.500z",
  sticker: "M12 3a9 9 0 109 9h-5a4 4 0 01-4-4z",
  voice: "M12 3a3 3 0 00-3 3v5a3 3 0 006 0V6a3 3 0 00-3-3zM6 11a6 6 0 0012 0M12 17v4",
};

export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d=${PATHS[name]} />
  </svg>`;
}

export function Logo() {
  return html`<img class="logo" src="/page/icon.svg" alt="" width="32" height="32" />`;
}
