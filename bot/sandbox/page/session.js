// Keeps the page and the sandbox in step, and carries out what a visitor does.
import * as api from "./api.js";
import { listen } from "./events.js";
import { PAGE_SIZE, asked, countOf, fetched, oldestOf, withEarlier } from "./history.js";
import { settings } from "./settings.js";
import { wordsOf } from "./texts.js";
import {
  apply, changeChat, clockFrom, historyOf, keepHistory, markPressed, showToast, unmarkPressed, world,
} from "./world.js";

const MOST_REFETCHED = 500;
const MOST_CALLS = 500;
const GATHERING_CALLS = 120;
const GATHERING_READS = 300;
// A bot that never answers a press keeps the button busy this long, about as in Telegram.
const LONGEST_PRESS = 20_000;

let openPeople = [];

const isOpen = (personId) => openPeople.includes(personId);

const personOf = (personId) => world.get().people.find((person) => person.id === personId);

/** Says a failure where it happened; true when it went well. */
async function attempt(personId, request) {
  try {
    await request();
    return true;
  } catch (error) {
    showToast(personId, wordsOf(settings.get().language).failed(error.message));
    return false;
  }
}

/** For what nobody asked for in person: when the server is gone, the page says so already. */
const quietly = (request) => request.catch(() => {});

async function refetchState() {
  const { bot, people, now, shift } = await api.fetchState();
  following = true;
  world.set({ bot, people, clock: clockFrom({ now, shift }) });
  openPeople.forEach((personId) => changeChat(personId, () => ({ unread: 0 })));
}

async function loadNewest(personId) {
  const person = personOf(personId);
  if (!person) return;
  keepHistory(personId, asked(historyOf(personId)));
  const limit = Math.min(Math.max(PAGE_SIZE, countOf(historyOf(personId))), MOST_REFETCHED);
  const answer = await api.fetchMessages(personId, person.chat.id, { limit });
  keepHistory(personId, fetched(historyOf(personId), answer));
  changeChat(personId, () => ({ unread: 0 }));
}

async function refetchAll() {
  await refetchState();
  const kept = Object.entries(world.get().histories).filter(([id]) => isOpen(Number(id)));
  world.set({ histories: Object.fromEntries(kept) });
  await Promise.all(openPeople.map(loadNewest));
}

async function startOver() {
  world.set({ histories: {}, calls: [], lastCall: 0, toasts: {}, pressed: {}, typing: {}, alert: null });
  await refetchAll();
  if (world.get().watchesCalls) await fetchCalls();
}

async function fetchCalls() {
  const fresh = await api.fetchCalls(world.get().lastCall);
  const { calls, lastCall } = world.get();
  const unknown = fresh.filter((call) => call.n > lastCall);
  if (!unknown.length) return;
  world.set({ calls: [...calls, ...unknown].slice(-MOST_CALLS), lastCall: unknown.at(-1).n });
}

const inChat = (chatId) => (personId) => personOf(personId)?.chat.id === chatId;

const reading = new Set();

/** Asking for the newest message tells the server that it was read. */
function readSoon(personId) {
  if (reading.has(personId)) return;
  reading.add(personId);
  setTimeout(() => {
    reading.delete(personId);
    const person = personOf(personId);
    if (person) quietly(api.fetchMessages(personId, person.chat.id, { limit: 1 }));
  }, GATHERING_READS);
}

let callsTimer = null;

function fetchCallsSoon() {
  callsTimer ??= setTimeout(() => {
    callsTimer = null;
    quietly(fetchCalls());
  }, GATHERING_CALLS);
}

// What happened before the state was fetched is in the state.
let following = false;

function onEvent(event) {
  if (!following) return;
  apply(event, isOpen);
  if (event.type === "message") openPeople.filter(inChat(event.chat_id)).forEach(readSoon);
  if (event.type === "people") quietly(refetchState());
  if (event.type === "reset") quietly(startOver());
  if (event.type === "call" && world.get().watchesCalls) fetchCallsSoon();
}

export function begin() {
  listen({
    async onOpen() {
      world.set({ calls: [], lastCall: 0, pressed: {} });
      await refetchAll();
      if (world.get().watchesCalls) await fetchCalls();
      world.set({ link: "on" });
    },
    onEvent,
    onLost() {
      following = false;
      world.set({ link: world.get().bot ? "off" : "connecting" });
    },
  });
}

/** Tells whose conversations are on the screen, so that they are loaded and count as read. */
export function keepOpen(personIds) {
  const fresh = personIds.filter((personId) => !isOpen(personId));
  openPeople = personIds;
  fresh.forEach((personId) => attempt(personId, () => loadNewest(personId)));
}

const loadingEarlier = new Set();

export async function loadEarlier(personId) {
  const history = historyOf(personId);
  if (!history.loaded || !history.more || loadingEarlier.has(personId)) return;
  loadingEarlier.add(personId);
  const before = oldestOf(history).message_id;
  const chatId = personOf(personId).chat.id;
  await attempt(personId, async () => {
    const answer = await api.fetchMessages(personId, chatId, { before, limit: PAGE_SIZE });
    keepHistory(personId, withEarlier(historyOf(personId), answer));
  });
  loadingEarlier.delete(personId);
}

export function watchCalls(watchesCalls) {
  world.set({ watchesCalls });
  if (watchesCalls) quietly(fetchCalls());
}

export const clearCalls = () => world.set({ calls: [] });

export const reset = () => quietly(api.reset());

export const advance = (seconds) => quietly(api.moveClock({ advance: seconds }));

export const backToNow = () => quietly(api.moveClock({ reset: true }));

/** What a visitor does as one person, in that person's chat. */
export function deedsOf(person) {
  const chatId = person.chat.id;
  const here = { chat_id: chatId };
  const does = (request) => attempt(person.id, request);
  return {
    say: (text, replyTo) =>
      does(() => api.say(person.id, { ...here, text, ...(replyTo && { reply_to: replyTo }) })),
    edit: (messageId, text) =>
      does(() => api.edit(person.id, { ...here, message_id: messageId, text })),
    open: (start) => does(() => api.open(person.id, start)),
    block: (blocked) => does(() => api.block(person.id, blocked)),
    sendOther: (kind) => does(() => api.sendOther(person.id, { ...here, kind })),
    upload: (file, kind, caption) =>
      does(() => api.upload(person.id, { chatId, kind, file, caption })),
    async press(messageId, data) {
      markPressed(person.id, messageId, data);
      const went = await does(() =>
        api.press(person.id, { ...here, message_id: messageId, data }),
      );
      setTimeout(() => unmarkPressed(person.id), went ? LONGEST_PRESS : 0);
    },
    loadEarlier: () => loadEarlier(person.id),
    commands: () => api.fetchCommands(person.id, chatId),
    tell: (text) => showToast(person.id, text),
  };
}
