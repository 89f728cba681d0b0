// What the page knows of the sandbox, and how each event changes it.
import { NOTHING_YET, newestOf, withEdited, withNew, without } from "./history.js";
import { seatsIn, withChanged } from "./seats.js";
import { createStore } from "./store.js";

const TYPING_LASTS = 5_500;

export const world = createStore({
  link: "connecting",
  bot: null,
  // Whether this server has groups, votes and reactions; an older one does without.
  able: false,
  people: [],
  clock: { ahead: 0, shift: 0 },
  histories: {},
  typing: {},
  pressed: {},
  toasts: {},
  votes: {},
  inline: {},
  alert: null,
  heard: null,
  calls: [],
  lastCall: 0,
  watchesCalls: false,
});

export const historyOf = (key) => world.get().histories[key] ?? NOTHING_YET;

export function keepHistory(key, history) {
  world.set({ histories: { ...world.get().histories, [key]: history } });
}

export const clockFrom = ({ now, shift, next }) => ({ ahead: Date.parse(now) - Date.now(), shift, next });

export const nowOf = (state) => new Date(Date.now() + state.clock.ahead);

export const isOwn = (message, personId) => message.out ?? message.from?.id === personId;

const inChat = (chatId) => seatsIn(world.get().people, chatId);

export function changeChat({ person, chat }, change) {
  const people = world.get().people.map((one) =>
    one.id === person.id ? withChanged(one, chat.id, change) : one,
  );
  world.set({ people });
}

function changeHistories(chatId, change) {
  for (const { key } of inChat(chatId)) {
    if (world.get().histories[key]) keepHistory(key, change(historyOf(key)));
  }
}

const lastFrom = (message) => ({ date: message.date, message });

function arrived({ chat_id: chatId, message }, isOpen) {
  changeHistories(chatId, (history) => withNew(history, message));
  stopTyping(chatId);
  for (const seat of inChat(chatId)) {
    const { key, person } = seat;
    const own = isOwn(message, person.id);
    const unseen = own || isOpen(key) ? 0 : 1;
    changeChat(seat, (chat) => ({
      last: lastFrom(message),
      unread: own ? 0 : chat.unread + unseen,
      ...(message.pinned_message && { pinned: message.pinned_message }),
    }));
    if (!own && !unseen) world.set({ heard: { person, message } });
  }
}

/** An edit of the newest message, or its end, is also told in the list of people. */
function retell(chatId) {
  for (const seat of inChat(chatId)) {
    const newest = newestOf(historyOf(seat.key));
    if (newest) changeChat(seat, () => ({ last: lastFrom(newest) }));
  }
}

function edited({ chat_id: chatId, message }, isOpen) {
  changeHistories(chatId, (history) => withEdited(history, message));
  retell(chatId);
  const reader = inChat(chatId).find(({ key }) => isOpen(key))?.person;
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

/** Applies one event; what needs the server again is left to the caller. */
export function apply(event, isOpen) {
  if (event.type === "message") arrived(event, isOpen);
  if (event.type === "edited") edited(event, isOpen);
  if (event.type === "deleted") deleted(event);
  if (event.type === "action") acting(event);
  if (event.type === "inline") world.set({ inline: { ...world.get().inline, [event.person_id]: event } });
  if (event.type === "clock") world.set({ clock: clockFrom(event) });
}
