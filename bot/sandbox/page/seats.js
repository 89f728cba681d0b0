// A seat is one person in one of their chats: what a column shows and the address names.
// The private chat with the bot is `1001`, a group of the same person `1001:-500`, and a topic
// of a forum `1001:-500:7`.
import { nameOf } from "./texts.js";

const SHAPE = /^\d+(:-?\d+(:\d+)?)?$/;

/** The topic in which everything is said that is said in none. */
export const GENERAL = 1;

export const isKey = (text) => SHAPE.test(text);

export const keyOf = (person, chat, thread) =>
  [person.id, ...(chat.id === person.chat.id ? [] : [chat.id]), ...(thread ? [thread] : [])].join(":");

/** The same without the topic. */
export const chatKeyOf = (key) => key.split(":").slice(0, 2).join(":");

/** `thread` is undefined where everything said in the chat is shown. */
export function seatOf(people, key) {
  const [personId, chatId, thread] = key.split(":").map(Number);
  const person = people.find((one) => one.id === personId);
  const chat = person?.chats.find((one) => one.id === (chatId ?? person.chat.id));
  const topic = chat?.topics?.find((one) => one.id === thread);
  return chat && (topic || !thread) ? { key, person, chat, thread, topic } : undefined;
}

/** The seats of everybody in a chat, each before the whole of it. */
export const seatsIn = (people, chatId) =>
  people.flatMap((person) =>
    person.chats
      .filter((chat) => chat.id === chatId)
      .map((chat) => ({ key: keyOf(person, chat), person, chat })),
  );

export const threadOf = (message) => message.message_thread_id ?? GENERAL;

/** Whether a message is shown at a seat of its chat. */
export const isAbout = ({ thread }, message) => !thread || threadOf(message) === thread;

export function withChanged(person, chatId, change) {
  const chats = person.chats.map((chat) =>
    chat.id === chatId ? { ...chat, ...change(chat) } : chat,
  );
  return { ...person, chats, chat: chats[0] };
}

export const groupsOf = (person) => person.chats.slice(1);

export const unreadOf = (person) => person.chats.reduce((sum, chat) => sum + chat.unread, 0);

export const titleOf = (chat) => chat.title || nameOf(chat) || String(chat.id);
