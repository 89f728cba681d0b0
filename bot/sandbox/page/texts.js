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

export const folded = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

/** Nothing for somebody whose very name is the part they play, in whichever language. */
export function nameBesideRole(words, person) {
  if (!words.roles[person.role]) return "";
  const name = nameOf(person);
  const isRole = Object.values(WORDS).some(({ roles }) => folded(roles[person.role]) === folded(name));
  return isRole ? "" : name;
}

/** Who somebody is here, the part they play first: "Manažer, Petr Svoboda". */
export function calledIn(words, person) {
  const role = words.roles[person.role];
  return role ? [role, nameBesideRole(words, person)].filter(Boolean).join(", ") : nameOf(person);
}

// An animation also carries a document and a venue a location, so those come first.
const KINDS = [
  "photo", "animation", "document", "sticker", "voice", "venue", "location", "contact", "poll",
  "video", "audio", "video_note", "dice", "invoice",
];

export const kindOf = (message) => KINDS.find((kind) => kind in message);

const SERVICE = [
  "pinned_message", "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo",
  "delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
  "migrate_to_chat_id", "migrate_from_chat_id", "forum_topic_created", "forum_topic_edited",
  "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
  "general_forum_topic_unhidden", "message_auto_delete_timer_changed", "chat_shared",
  "users_shared", "write_access_allowed", "boost_added",
];

/** What happened in the chat, for a message nobody wrote. */
export const serviceOf = (message) => SERVICE.find((kind) => kind in message);

const namesOf = (people, words) =>
  new Intl.ListFormat(words.locale, { type: "conjunction" }).format(people.map(nameOf));

function aboutWhat(message, words) {
  if (message.new_chat_members) return namesOf(message.new_chat_members, words);
  if (message.left_chat_member) return nameOf(message.left_chat_member);
  const topic = message.forum_topic_created ?? message.forum_topic_edited;
  return message.new_chat_title ?? topic?.name;
}

export function wordedService(words, message) {
  const said = words.service[serviceOf(message)] ?? words.service.other;
  const about = aboutWhat(message, words);
  return about ? `${said}: ${about}` : said;
}

/** A message in one line, for a list or a quotation. */
export function summaryOf(words, message) {
  const text = message.text || message.caption || message.poll?.question;
  if (text) return text;
  if (serviceOf(message)) return wordedService(words, message);
  return message.document?.file_name || words.kinds[kindOf(message)] || words.kinds.other;
}
