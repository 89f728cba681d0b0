// What a visitor does as one person, in one of that person's chats.
import * as api from "./api.js";
import { press, showToast } from "./presses.js";
import { attempt, loadEarlier, loadUntil } from "./session.js";
import { settings } from "./settings.js";
import { wordsOf } from "./texts.js";
import { world } from "./world.js";

const MOST_IN_ALBUM = 10;

const albumsOf = (files) =>
  Array.from({ length: Math.ceil(files.length / MOST_IN_ALBUM) }, (_, at) =>
    files.slice(at * MOST_IN_ALBUM, (at + 1) * MOST_IN_ALBUM),
  );

export function deedsOf(seat) {
  const { key, person, chat, thread } = seat;
  const here = { chat_id: chat.id, ...(thread && { thread_id: thread }) };
  const does = (request) => attempt(key, request);
  const at = (messageId) => ({ ...here, message_id: messageId });

  /** Somebody in this group, or in another one. */
  const whom = (userId, chatId = chat.id) => ({ chat_id: chatId, user_id: userId });

  /** The files that could not be sent. */
  async function upload(files, kind, caption, replyTo) {
    const parcels = albumsOf(files);
    for (const [number, parcel] of parcels.entries()) {
      const place = { ...here, ...(replyTo && { reply_to: replyTo }) };
      const content = { place, kind, files: parcel, caption: number ? "" : caption };
      if (!(await does(() => api.upload(person.id, content)))) return parcels.slice(number).flat();
    }
    return [];
  }

  async function vote(messageId, optionIds) {
    const body = { ...at(messageId), option_ids: optionIds };
    if (!(await does(() => api.vote(person.id, body)))) return;
    world.set({ votes: { ...world.get().votes, [`${key}/${messageId}`]: optionIds } });
  }

  async function join(link) {
    const joined = await does(() => api.join(person.id, { link }));
    if (!joined) return;
    const { asksToJoin, isIn } = wordsOf(settings.get().language);
    showToast(key, (joined.asks ? asksToJoin : isIn)(joined.title));
  }

  async function pressed(messageId, data) {
    const answer = await does(() => api.press(person.id, { ...at(messageId), data }));
    return answer?.query_id;
  }

  return {
    sayIn: (chatId, text) => does(() => api.say(person.id, { chat_id: chatId, text })),
    say: (text, replyTo) =>
      does(() => api.say(person.id, { ...here, text, ...(replyTo && { reply_to: replyTo }) })),
    edit: (messageId, text) => does(() => api.edit(person.id, { ...at(messageId), text })),
    open: (start) => does(() => api.open(person.id, start)),
    block: (blocked) => does(() => api.block(person.id, blocked)),
    join,
    leave: () => does(() => api.leave(person.id, here)),
    found: (title, isForum) => does(() => api.found(person.id, { title, is_forum: isForum })),
    beginTopic: (name) => does(() => api.beginTopic(person.id, { chat_id: chat.id, name })),
    upgrade: () => does(() => api.upgrade(person.id, here)),
    peopleThere: (there = chat) => does(() => api.fetchPeople({ person, chat: there })),
    add: (userId, chatId) => does(() => api.add(person.id, whom(userId, chatId))),
    appoint: (userId, rights, chatId) =>
      does(() => api.appoint(person.id, { ...whom(userId, chatId), rights })),
    dismiss: (userId) => does(() => api.dismiss(person.id, whom(userId))),
    remove: (userId) => does(() => api.remove(person.id, whom(userId))),
    sendOther: (kind) => does(() => api.sendOther(person.id, { ...here, kind })),
    upload,
    vote,
    pin: (messageId) => does(() => api.pin(person.id, at(messageId))),
    unpin: (messageId) => does(() => api.unpin(person.id, at(messageId))),
    decide: (userId, admits) => does(() => api.decide(person.id, { ...here, user_id: userId, admits })),
    react: (messageId, emoji) => does(() => api.react(person.id, { ...at(messageId), emoji })),
    press: (messageId, data) => press(seat, messageId, data, () => pressed(messageId, data)),
    /** A bot without inline mode says nothing to it, as in Telegram. */
    inline: (query) => api.askInline(person.id, { ...here, query }).catch(() => {}),
    chooseInline: (choice) => does(() => api.chooseInline(person.id, { ...here, ...choice })),
    loadEarlier: () => loadEarlier(seat),
    loadUntil: (messageId) => loadUntil(seat, messageId),
    commands: () => api.fetchCommands(seat),
    tell: (text) => showToast(key, text),
  };
}
