// What the page knows of the sandbox, and how each event changes it.
import { NOTHING_YET, newestOf, withEdited, withNew, without } from "./history.js";
import { createStore } from "./store.js";

const TYPING_LASTS = 5_500;

export const world = createStore({
  link: "connecting",
  bot: null,
  people: [],
  clock: { ahead: 0, shift: 0 },
  histories: {},
  typing: {},
  pressed: {},
  toasts: {},
  alert: null,
  heard: null,
  calls: [],
  lastCall: 0,
  watchesCalls: false,
});

export const historyOf = (personId) => world.get().histories[personId] ?? NOTHING_YET;

export function keepHistory(personId, history) {
  world.set({ histories: { ...world.get().histories, [personId]: history } });
}

export const clockFrom = ({ now, shift }) => ({ ahead: Date.parse(now) - Date.now(), shift });

export const nowOf = (state) => new Date(Date.now() + state.clock.ahead);

export const isOwn = (message, personId) => message.out ?? message.from?.id === personId;

const inChat = (chatId) => world.get().people.filter((person) => person.chat.id === chatId);

export function changeChat(personId, change) {
  const people = world.get().people.map((person) =>
    person.id === personId ? { ...person, chat: { ...person.chat, ...change(person.chat) } } : person,
  );
  world.set({ people });
}

function changeHistories(chatId, change) {
  for (const person of inChat(chatId)) {
    if (world.get().histories[person.id]) keepHistory(person.id, change(historyOf(person.id)));
  }
}

const lastFrom = (message) => ({ date: message.date, message });

function arrived({ chat_id: chatId, message }, isOpen) {
  changeHistories(chatId, (history) => withNew(history, message));
  stopTyping(chatId);
  for (const person of inChat(chatId)) {
    const own = isOwn(message, person.id);
    const unseen = own || isOpen(person.id) ? 0 : 1;
    changeChat(person.id, (chat) => ({
      last: lastFrom(message),
      unread: own ? 0 : chat.unread + unseen,
    }));
    if (!own && !unseen) world.set({ heard: { person, message } });
  }
}

/** An edit of the newest message, or its end, is also told in the list of people. */
function retell(chatId) {
  for (const person of inChat(chatId)) {
    const newest = newestOf(historyOf(person.id));
    if (newest) changeChat(person.id, () => ({ last: lastFrom(newest) }));
  }
}

function edited({ chat_id: chatId, message }, isOpen) {
  changeHistories(chatId, (history) => withEdited(history, message));
  retell(chatId);
  const reader = inChat(chatId).find((person) => isOpen(person.id));
  if (reader && !isOwn(message, reader.id)) world.set({ heard: { person: reader, message } });
}

function deleted({ chat_id: chatId, message_ids: messageIds }) {
  changeHistories(chatId, (history) => without(history, messageIds));
  retell(chatId);
}

function stopTyping(chatId) {
  const { [chatId]: timer, ...typing } = world.get().typing;
  clearTimeout(timer);
  if (timer) world.set({ typing });
}

function acting({ chat_id: chatId }) {
  stopTyping(chatId);
  const timer = setTimeout(() => stopTyping(chatId), TYPING_LASTS);
  world.set({ typing: { ...world.get().typing, [chatId]: timer } });
}

/** `pressed[personId]` maps a message to the button whose answer is awaited. */
export function markPressed(personId, messageId, data) {
  const pressed = world.get().pressed;
  world.set({ pressed: { ...pressed, [personId]: { ...pressed[personId], [messageId]: data } } });
}

export function unmarkPressed(personId) {
  world.set({ pressed: { ...world.get().pressed, [personId]: undefined } });
}

export function showToast(personId, text) {
  const toast = { text, at: Date.now() };
  world.set({ toasts: { ...world.get().toasts, [personId]: toast } });
}

export function hideToast(personId) {
  world.set({ toasts: { ...world.get().toasts, [personId]: undefined } });
}

function answered({ person_id: personId, text, alert }) {
  unmarkPressed(personId);
  if (text && alert) world.set({ alert: { personId, text } });
  else if (text) showToast(personId, text);
}

/** Applies one event; what needs the server again is left to the caller. */
export function apply(event, isOpen) {
  if (event.type === "message") arrived(event, isOpen);
  if (event.type === "edited") edited(event, isOpen);
  if (event.type === "deleted") deleted(event);
  if (event.type === "action") acting(event);
  if (event.type === "toast") answered(event);
  if (event.type === "clock") world.set({ clock: clockFrom(event) });
}
