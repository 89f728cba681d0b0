// Buttons whose answer is awaited, and where that answer is shown.
import { world } from "./world.js";

// A bot that never answers a press keeps the button busy this long, about as in Telegram.
const LONGEST = 20_000;

// Where each query came from, and where each person has pressed who does not know its number yet.
const pressedBy = { query: new Map(), person: new Map() };

/** `pressed[key]` maps a message to the data of the button that waits. */
function mark(key, messageId, data) {
  const { pressed } = world.get();
  world.set({ pressed: { ...pressed, [key]: { ...pressed[key], [messageId]: data } } });
}

const unmark = ({ key, messageId }) => mark(key, messageId, undefined);

export async function press({ key, person }, messageId, data, request) {
  const place = { key, messageId };
  pressedBy.person.set(person.id, place);
  mark(key, messageId, data);
  const queryId = await request();
  if (pressedBy.person.get(person.id) === place) pressedBy.person.delete(person.id);
  if (!queryId) return unmark(place);
  pressedBy.query.set(queryId, place);
  return setTimeout(() => {
    if (pressedBy.query.delete(queryId)) unmark(place);
  }, LONGEST);
}

export function showToast(key, text) {
  world.set({ toasts: { ...world.get().toasts, [key]: { text, at: Date.now() } } });
}

export function hideToast(key) {
  world.set({ toasts: { ...world.get().toasts, [key]: undefined } });
}

/**
 * The answer may overtake what the press itself returns; then it belongs to the last press. What
 * was pressed in another window is answered there.
 */
export function answered({ person_id: personId, query_id: queryId, text, alert }) {
  const place = pressedBy.query.get(queryId) ?? pressedBy.person.get(personId);
  pressedBy.query.delete(queryId);
  if (!place) return;
  unmark(place);
  if (text && alert) world.set({ alert: { key: place.key, text } });
  else if (text) showToast(place.key, text);
}

export function forgetPresses() {
  pressedBy.query.clear();
  pressedBy.person.clear();
  world.set({ pressed: {} });
}
