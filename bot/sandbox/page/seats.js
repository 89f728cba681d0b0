// A seat is one person in one of their chats: what a column shows and the address names.
// The private chat with the bot is `1001`, a group of the same person `1001:-500`.
import { nameOf } from "./texts.js";

const SHAPE = /^\d+(:-?\d+)?$/;

export const isKey = (text) => SHAPE.test(text);

export const keyOf = (person, chat) =>
  chat.id === person.chat.id ? `${person.id}` : `${person.id}:${chat.id}`;

export function seatOf(people, key) {
  const [personId, chatId] = key.split(":").map(Number);
  const person = people.find((one) => one.id === personId);
  const chat = person?.chats.find((one) => one.id === (chatId ?? person.chat.id));
  return chat && { key, person, chat };
}

export const seatsIn = (people, chatId) =>
  people.flatMap((person) =>
    person.chats
      .filter((chat) => chat.id === chatId)
      .map((chat) => ({ key: keyOf(person, chat), person, chat })),
  );

/** The private chat stands first; a server that tells of no other chats is right too. */
export function withChats(person) {
  const others = (person.chats ?? []).filter((chat) => chat.id !== person.chat.id);
  return { ...person, chats: [person.chat, ...others] };
}

export function withChanged(person, chatId, change) {
  const chats = person.chats.map((chat) =>
    chat.id === chatId ? { ...chat, ...change(chat) } : chat,
  );
  return { ...person, chats, chat: chats[0] };
}

export const groupsOf = (person) => person.chats.slice(1);

export const unreadOf = (person) => person.chats.reduce((sum, chat) => sum + chat.unread, 0);

export const titleOf = (chat) => chat.title || nameOf(chat) || String(chat.id);
