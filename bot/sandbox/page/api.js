// The control API of the sandbox, one function a request.

export class Refused extends Error {}

async function answerOf(response) {
  if (response.ok) return response.json();
  const body = await response.json().catch(() => ({}));
  throw new Refused(body.error || `${response.status} ${response.statusText}`);
}

async function get(path) {
  return answerOf(await fetch(`/sandbox/${path}`, { cache: "no-store" }));
}

async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answerOf(
    await fetch(`/sandbox/${path}`, { method: "POST", headers, body: JSON.stringify(body) }),
  );
}

const chatPath = ({ person, chat }) => `chats/${person.id}/${chat.id}`;

export const fetchState = () => get("state");

export const fetchClock = () => get("clock");

export function fetchMessages(seat, { before, limit }) {
  const query = new URLSearchParams({ limit });
  if (before) query.set("before", before);
  if (seat.thread) query.set("thread_id", seat.thread);
  return get(`${chatPath(seat)}?${query}`);
}

export const fetchCommands = (seat) => get(`${chatPath(seat)}/commands`);

export const fetchPeople = (seat) => get(`${chatPath(seat)}/people`);

export const fetchCalls = (after) => get(`calls?after=${after}`);

export const fileUrl = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;

export const fetchCodes = (fileId) => get(`files/${encodeURIComponent(fileId)}/codes`);

export const say = (personId, body) => post(`people/${personId}/say`, body);

export const press = (personId, body) => post(`people/${personId}/press`, body);

export const edit = (personId, body) => post(`people/${personId}/edit`, body);

export const open = (personId, start) => post(`people/${personId}/open`, { start });

export const block = (personId, blocked) => post(`people/${personId}/block`, { blocked });

export const sendOther = (personId, body) => post(`people/${personId}/send_other`, body);

export const moveClock = (change) => post("clock", change);

export const reset = () => post("reset", {});

export const vote = (personId, body) => post(`people/${personId}/vote`, body);

export const react = (personId, body) => post(`people/${personId}/react`, body);

export const pin = (personId, body) => post(`people/${personId}/pin`, body);

export const unpin = (personId, body) => post(`people/${personId}/unpin`, body);

export const decide = (personId, body) => post(`people/${personId}/decide`, body);

export const join = (personId, body) => post(`people/${personId}/join`, body);

export const leave = (personId, body) => post(`people/${personId}/leave`, body);

export const found = (personId, body) => post(`people/${personId}/found`, body);

export const add = (personId, body) => post(`people/${personId}/add`, body);

export const appoint = (personId, body) => post(`people/${personId}/appoint`, body);

export const dismiss = (personId, body) => post(`people/${personId}/dismiss`, body);

export const remove = (personId, body) => post(`people/${personId}/remove`, body);

export const beginTopic = (personId, body) => post(`people/${personId}/topic`, body);

export const upgrade = (personId, body) => post(`people/${personId}/upgrade`, body);

export const askInline = (personId, body) => post(`people/${personId}/inline`, body);

export const chooseInline = (personId, body) => post(`people/${personId}/inline/choose`, body);

export const fetchFaults = () => get("faults");

export const setFaults = (faults) => post("faults", faults);

/** Several files of one request are an album. */
export async function upload(personId, { place, kind, files, caption }) {
  const form = new FormData();
  for (const [name, value] of Object.entries(place)) form.set(name, value);
  form.set("kind", kind);
  form.set("caption", caption);
  for (const file of files) form.append("file", file, file.name);
  return answerOf(await fetch(`/sandbox/people/${personId}/upload`, { method: "POST", body: form }));
}
