// What the page knows of the sandbox, and how each event changes it.
import { NOTHING_YET, newestOf, withEdited, withNew, without } from "./history.js";
import { isAbout, seatOf, seatsIn, threadOf, withChanged } from "./seats.js";
import { createStore } from "./store.js";

const TYPING_LASTS = 5_500;

export const world = createStore({
  link: "connecting",
  bot: null,
  people: [],
  // The number of the last event whose effects are in the people.
  event: 0,
  clock: { ahead: 0, shift: 0 },
  histories: {},
  typing: {},
  pressed: {},
  toasts: {},
  votes: {},
  // Topics where something was said while another one was open, by seat.
  fresh: {},
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

const heldSeats = (chatId) =>
  Object.keys(world.get().histories)
    .map((key) => seatOf(world.get().people, key))
    .filter((seat) => seat?.chat.id === chatId);

function changeHistories(seats, change) {
  for (const { key } of seats) keepHistory(key, change(historyOf(key)));
}

/** A topic that nobody looks at shows that there is something new. */
function markFresh({ person, chat }, message, isOpen) {
  if (!chat.topics) return;
  const key = `${person.id}:${chat.id}:${threadOf(message)}`;
  if (!isOpen({ person, chat, thread: threadOf(message) })) world.set({ fresh: { ...world.get().fresh, [key]: true } });
}

const lastFrom = (message) => ({ date: message.date, message });

/** What an event does to the conversations that are loaded. */
function keepUp({ type, chat_id: chatId, message, message_ids: messageIds }) {
  const seats = heldSeats(chatId);
  if (type === "message") {
    const about = seats.filter((seat) => isAbout(seat, message));
    changeHistories(about, (history) => withNew(history, { ...message, arrived: true }));
  }
  if (type === "edited") changeHistories(seats, (history) => withEdited(history, message));
  if (type === "deleted") changeHistories(seats, (history) => without(history, messageIds));
}

function arrived({ chat_id: chatId, message }, isOpen) {
  stopTyping(chatId);
  for (const seat of inChat(chatId)) {
    const { person } = seat;
    const own = isOwn(message, person.id);
    const unseen = own || isOpen(seat) ? 0 : 1;
    if (!own) markFresh(seat, message, isOpen);
    changeChat(seat, (chat) => ({
      last: lastFrom(message),
      unread: own ? 0 : chat.unread + unseen,
    }));
    if (!own && !unseen) world.set({ heard: { person, message } });
  }
}

/** An edit of the newest message, or its end, is also told in the list of people. */
function retell(chatId) {
  for (const seat of heldSeats(chatId).filter(({ thread }) => !thread)) {
    const newest = newestOf(historyOf(seat.key));
    changeChat(seat, () => ({ last: newest ? lastFrom(newest) : null }));
  }
}

function repin(chatId, message) {
  const same = (one) => one.message_id === message.message_id;
  for (const seat of inChat(chatId).filter(({ chat }) => chat.pinned.some(same))) {
    changeChat(seat, ({ pinned }) => ({ pinned: pinned.map((one) => (same(one) ? message : one)) }));
  }
}

function edited({ chat_id: chatId, message }, isOpen) {
  retell(chatId);
  repin(chatId, message);
  const reader = inChat(chatId).find(isOpen)?.person;
  if (reader && !isOwn(message, reader.id)) world.set({ heard: { person: reader, message } });
}

function read({ person_id: personId, chat_id: chatId }) {
  const seat = inChat(chatId).find(({ person }) => person.id === personId);
  if (seat?.chat.unread) changeChat(seat, () => ({ unread: 0 }));
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

/**
 * Applies one event; what needs the server again is left to the caller. Of what is known already
 * only the conversations have to hear.
 */
export function apply(event, isOpen, isKnown) {
  keepUp(event);
  if (isKnown) return;
  if (event.type === "message") arrived(event, isOpen);
  if (event.type === "edited") edited(event, isOpen);
  if (event.type === "deleted") retell(event.chat_id);
  if (event.type === "read") read(event);
  if (event.type === "action") acting(event);
  if (event.type === "inline") world.set({ inline: { ...world.get().inline, [event.person_id]: event } });
  if (event.type === "clock") world.set({ clock: clockFrom(event) });
}
