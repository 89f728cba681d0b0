// The messages of one conversation, kept in pages so that a new one redraws only the last page.

export const PAGE_SIZE = 50;

export const NOTHING_YET = { pages: [], more: false, loaded: false };

function paged(messages) {
  const pages = [];
  for (let at = 0; at < messages.length; at += PAGE_SIZE) {
    pages.push(messages.slice(at, at + PAGE_SIZE));
  }
  return pages;
}

export const newestOf = (history) => history.pages.at(-1)?.at(-1);

export const oldestOf = (history) => history.pages[0]?.[0];

export const countOf = (history) => history.pages.reduce((sum, page) => sum + page.length, 0);

/** Whether it reaches back as far as this message. */
export const holds = (history, messageId) => (oldestOf(history)?.message_id ?? 0) <= messageId;

export function* newestFirst(history) {
  for (let page = history.pages.length - 1; page >= 0; page -= 1) {
    for (let at = history.pages[page].length - 1; at >= 0; at -= 1) yield history.pages[page][at];
  }
}

/** From here until `fetched`, what arrives by the stream is noted in `meanwhile`. */
export const asked = (history) => ({ ...history, meanwhile: [] });

/** The fetched messages, plus what arrived while they were on their way. */
export function fetched(history, { messages, more }) {
  const last = messages.at(-1)?.message_id ?? 0;
  const arrived = (history.meanwhile ?? []).filter((message) => message.message_id > last);
  return { pages: paged([...messages, ...arrived]), more, loaded: true };
}

export function withEarlier(history, { messages, more }) {
  const oldest = oldestOf(history)?.message_id ?? Infinity;
  const earlier = messages.filter((message) => message.message_id < oldest);
  return { ...history, pages: [...paged(earlier), ...history.pages], more };
}

export function withNew(history, message) {
  const newest = newestOf(history);
  if (newest && newest.message_id >= message.message_id) return withEdited(history, message);
  const last = history.pages.at(-1);
  const pages =
    last && last.length < PAGE_SIZE
      ? [...history.pages.slice(0, -1), [...last, message]]
      : [...history.pages, [message]];
  const meanwhile = history.meanwhile && [...history.meanwhile, message];
  return { ...history, pages, meanwhile };
}

function changePages(history, belongs, change) {
  const pages = history.pages.map((page) => (page.some(belongs) ? change(page) : page));
  return { ...history, pages: pages.filter((page) => page.length) };
}

/**
 * `glow` counts the edits seen, so that each one can shine shortly; a reaction is none. Somebody's
 * own vote is not a part of what everybody in the chat is told.
 */
function changed(old, message) {
  const isEdit = message.edit_date !== old.edit_date || message.text !== old.text;
  const glow = (old.glow ?? 0) + (isEdit ? 1 : 0);
  return { ...(old.chosen && { chosen: old.chosen }), ...message, glow };
}

export function withEdited(history, message) {
  const same = (old) => old.message_id === message.message_id;
  return changePages(history, same, (page) =>
    page.map((old) => (same(old) ? changed(old, message) : old)),
  );
}

export function without(history, messageIds) {
  const gone = (message) => messageIds.includes(message.message_id);
  return changePages(history, gone, (page) => page.filter((message) => !gone(message)));
}
