// Keeps the page and the sandbox in step.
import * as api from "./api.js";
import { listen } from "./events.js";
import { PAGE_SIZE, asked, countOf, fetched, oldestOf, withEarlier } from "./history.js";
import { answered, forgetPresses, showToast } from "./presses.js";
import { seatOf, withChats } from "./seats.js";
import { settings } from "./settings.js";
import { wordsOf } from "./texts.js";
import { apply, changeChat, clockFrom, historyOf, keepHistory, world } from "./world.js";

const MOST_REFETCHED = 500;
const MOST_CALLS = 500;
const GATHERING_CALLS = 120;
const GATHERING_READS = 300;

let openKeys = [];

const isOpen = (key) => openKeys.includes(key);

const seat = (key) => seatOf(world.get().people, key);

/** What the request returned; when it fails, that is said where it happened. */
export async function attempt(key, request) {
  try {
    return await request();
  } catch (error) {
    showToast(key, wordsOf(settings.get().language).failed(error.message));
    return null;
  }
}

/** For what nobody asked for in person: when the server is gone, the page says so already. */
const quietly = (request) => request.catch(() => {});

const countAsRead = (one) => changeChat(one, () => ({ unread: 0 }));

async function refetchState() {
  const { bot, people, ...time } = await api.fetchState();
  following = true;
  const able = people.some((person) => person.chats);
  world.set({ bot, able, people: people.map(withChats), clock: clockFrom(time) });
  openKeys.map(seat).filter(Boolean).forEach(countAsRead);
}

async function loadNewest(key) {
  const here = seat(key);
  if (!here) return;
  keepHistory(key, asked(historyOf(key)));
  const limit = Math.min(Math.max(PAGE_SIZE, countOf(historyOf(key))), MOST_REFETCHED);
  const answer = await api.fetchMessages(here.person.id, here.chat.id, { limit });
  keepHistory(key, fetched(historyOf(key), answer));
  countAsRead(here);
}

async function refetchAll() {
  await refetchState();
  const kept = Object.entries(world.get().histories).filter(([key]) => isOpen(key));
  world.set({ histories: Object.fromEntries(kept) });
  await Promise.all(openKeys.map(loadNewest));
}

async function startOver() {
  forgetPresses();
  world.set({ histories: {}, calls: [], lastCall: 0, toasts: {}, votes: {}, typing: {}, alert: null });
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

const reading = new Set();

/** Asking for the newest message tells the server that it was read. */
function readSoon(key) {
  if (reading.has(key)) return;
  reading.add(key);
  setTimeout(() => {
    reading.delete(key);
    const here = seat(key);
    if (here) quietly(api.fetchMessages(here.person.id, here.chat.id, { limit: 1 }));
  }, GATHERING_READS);
}

const openIn = (chatId) => openKeys.filter((key) => seat(key)?.chat.id === chatId);

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
  if (event.type === "message") openIn(event.chat_id).forEach(readSoon);
  if (event.type === "toast") answered(event);
  if (event.type === "people") quietly(refetchState());
  if (event.type === "reset") quietly(startOver());
  if (event.type === "call" && world.get().watchesCalls) fetchCallsSoon();
}

export function begin() {
  listen({
    async onOpen() {
      forgetPresses();
      world.set({ calls: [], lastCall: 0 });
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

/** Tells which conversations are on the screen, so that they are loaded and count as read. */
export function keepOpen(keys) {
  const fresh = keys.filter((key) => !isOpen(key));
  openKeys = keys;
  fresh.forEach((key) => attempt(key, () => loadNewest(key)));
}

const loadingEarlier = new Set();

export async function loadEarlier({ key, person, chat }) {
  const history = historyOf(key);
  if (!history.loaded || !history.more || loadingEarlier.has(key)) return;
  loadingEarlier.add(key);
  const before = oldestOf(history).message_id;
  await attempt(key, async () => {
    const answer = await api.fetchMessages(person.id, chat.id, { before, limit: PAGE_SIZE });
    keepHistory(key, withEarlier(historyOf(key), answer));
  });
  loadingEarlier.delete(key);
}

export function watchCalls(watchesCalls) {
  world.set({ watchesCalls });
  if (watchesCalls) quietly(fetchCalls());
}

export const clearCalls = () => world.set({ calls: [] });

export const reset = () => quietly(api.reset());

export const advance = (seconds) => quietly(api.moveClock({ advance: seconds }));

export const backToNow = () => quietly(api.moveClock({ reset: true }));
