// What a visitor chose for this window: language, colours, whether the welcome was read.
import { createStore } from "./store.js";

const LANGUAGES = ["cs", "en"];
const KEY = "paprsek";

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function languageOfBrowser() {
  const first = navigator.languages.find((tag) => LANGUAGES.includes(tag.slice(0, 2)));
  return first ? first.slice(0, 2) : "en";
}

export const settings = createStore({
  language: languageOfBrowser(),
  theme: "auto",
  welcomed: false,
  ...remembered(),
});

settings.subscribe(({ language, theme }) => {
  document.documentElement.lang = language;
  document.documentElement.dataset.theme = theme;
});

export function choose(change) {
  settings.set(change);
  try {
    localStorage.setItem(KEY, JSON.stringify(settings.get()));
  } catch {
    // A window without storage forgets its choices and works all the same.
  }
}
