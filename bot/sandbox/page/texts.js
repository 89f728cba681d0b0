// Every word of the page in both its languages.
import { settings } from "./settings.js";
import { useStore } from "./store.js";
import { cs } from "./texts_cs.js";
import { en } from "./texts_en.js";

const WORDS = { cs, en };

export const wordsOf = (language) => WORDS[language];

export function useWords() {
  return wordsOf(useStore(settings).language);
}

export const nameOf = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

/** Who somebody is here, the part they play first: "Manažer, Petr Svoboda". */
export function calledIn(words, person) {
  return [words.roles[person.role], nameOf(person)].filter(Boolean).join(", ");
}

// An animation also carries a document and a venue a location, so those come first.
const KINDS = [
  "photo", "animation", "document", "sticker", "voice", "venue", "location", "contact", "poll",
  "video", "audio", "video_note", "dice", "invoice",
];

export const kindOf = (message) => KINDS.find((kind) => kind in message);

/** A message in one line, for a list or a quotation. */
export function summaryOf(words, message) {
  const text = message.text || message.caption || message.poll?.question;
  if (text) return text;
  return message.document?.file_name || words.kinds[kindOf(message)] || words.kinds.other;
}
