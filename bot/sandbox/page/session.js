// Keeps the page and the sandbox in step.
import * as api from "./api.js";
import { listen } from "./events.js";
import { PAGE_SIZE, asked, countOf, fetched, holds, oldestOf, withEarlier } from "./history.js";
import { answered, forgetPresses, showToast } from "./presses.js";
import { seatOf } from "./seats.js";
import { settings } from "./settings.js";
import { serviceOf, wordsOf } from "./texts.js";
import { apply, changeChat, clockFrom, historyOf, keepHistory, world } from "./world.js";

const MOST_REFETCHED = 500;
const MOST_CALLS = 500;
const GATHERING_CALLS = 120;
const GATHERING_READS = 300;
const GATHERING_CLOCK = 900;
const MOST_AT_ONCE = 500;

let openKeys = [];

const seat = (key) => seatOf(world.get().people, key);

const openSeats = () => openKeys.map(seat).filter(Boolean);

/** Whether a person has this chat before their eyes; with a thread, whether that very topic. */
const isOpen = ({ person, chat, thread }) =>
  openSeats().some(
    (open) =>
      open.person.id === person.id &&
      open.chat.id === chat.id &&
      (!thread || !open.thread || open.thread === thread),
  );

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

// Events that come while the first state is on its way; some of them may be in it already.
let early = [];

async function refetchState() {
  const { bot, people, event, ...time } = await api.fetchState();
  world.set({ bot, people, event, clock: clockFrom(time) });
  openSeats().forEach(countAsRead);
  const held = early ?? [];
  early = null;
  held.forEach(onEvent);
}

async function loadNewest(key) {
  const here = seat(key);
  if (!here) return;
  keepHistory(key, asked(historyOf(key)));
  const limit = Math.min(Math.max(PAGE_SIZE, countOf(historyOf(key))), MOST_REFETCHED);
  const answer = await api.fetchMessages(here, { limit });
  keepHistory(key, fetched(historyOf(key), answer));
  countAsRead(here);
  if (world.get().fresh[key]) world.set({ fresh: { ...world.get().fresh, [key]: false } });
}

async function refetchAll() {
  await refetchState();
  const kept = Object.entries(world.get().histories).filter(([key]) => openKeys.includes(key));
  world.set({ histories: Object.fromEntries(kept) });
  await Promise.all(openKeys.map(loadNewest));
}

async function startOver() {
  forgetPresses();
  world.set({ histories: {}, calls: [], lastCall: 0, toasts: {}, votes: {}, fresh: {}, typing: {}, alert: null });
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
    if (here) quietly(api.fetchMessages(here, { limit: 1 }));
  }, GATHERING_READS);
}

const openIn = (chatId) => openKeys.filter((key) => seat(key)?.chat.id === chatId);

/** Asks a while after the first wish, however many more come meanwhile. */
function soon(ask, pause) {
  let timer = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      quietly(ask());
    }, pause);
  };
}

const fetchCallsSoon = soon(() => fetchCalls(), GATHERING_CALLS);

/** Topics and pins change without anybody being told of more than what is seen of it. */
const refetchStateSoon = soon(() => refetchState(), GATHERING_CALLS);

const changesTopics = ({ message }) => serviceOf(message)?.includes("forum_topic");

/** What the bot awaits next changes only by what it hears, and it answers what it hears. */
const fetchClockSoon = soon(
  async () => world.set({ clock: clockFrom(await api.fetchClock()) }),
  GATHERING_CLOCK,
);

function onEvent(event) {
  if (early) {
    early.push(event);
    return;
  }
  const isKnown = event.n <= world.get().event;
  apply(event, isOpen, isKnown);
  if (isKnown) return;
  if (event.type === "message") openIn(event.chat_id).forEach(readSoon);
  if (event.type === "deleted" || (event.type === "message" && changesTopics(event))) refetchStateSoon();
  if (["message", "edited", "clock"].includes(event.type)) fetchClockSoon();
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
      early = [];
      world.set({ link: world.get().bot ? "off" : "connecting" });
    },
  });
}

/** Tells which conversations are on the screen, so that they are loaded and count as read. */
export function keepOpen(keys) {
  const fresh = keys.filter((key) => !openKeys.includes(key));
  openKeys = keys;
  fresh.forEach((key) => attempt(key, () => loadNewest(key)));
}

const loadingEarlier = new Set();

/** Whether there are earlier messages now. */
export async function loadEarlier(here, limit = PAGE_SIZE) {
  const { key } = here;
  const history = historyOf(key);
  if (!history.loaded || !history.more || loadingEarlier.has(key)) return false;
  loadingEarlier.add(key);
  const before = oldestOf(history).message_id;
  const loaded = await attempt(key, async () => {
    const answer = await api.fetchMessages(here, { before, limit });
    keepHistory(key, withEarlier(historyOf(key), answer));
    return true;
  });
  loadingEarlier.delete(key);
  return Boolean(loaded);
}

/** Goes back as far as this message. */
export async function loadUntil(here, messageId) {
  const isLater = () => !holds(historyOf(here.key), messageId);
  while (isLater() && (await loadEarlier(here, MOST_AT_ONCE)));
}

export function watchCalls(watchesCalls) {
  world.set({ watchesCalls });
  if (watchesCalls) quietly(fetchCalls());
}

export const clearCalls = () => world.set({ calls: [] });

export const reset = () => quietly(api.reset());

export const advance = (seconds) => quietly(api.moveClock({ advance: seconds }));

export const backToNow = () => quietly(api.moveClock({ reset: true }));
