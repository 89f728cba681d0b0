// Links in messages: which are safe to follow, and which stay inside the page.
const SAFE = ["http:", "https:", "mailto:", "tel:", "tg:"];

export function safeUrl(address) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  try {
    const url = new URL(full);
    return SAFE.includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** The start parameter of a link to this very bot, "" without one; null for any other link. */
export function startOf(address, botName) {
  const url = safeUrl(address);
  if (!url) return null;
  const name = url.protocol === "tg:" ? url.searchParams.get("domain") : url.pathname.slice(1);
  const ours = url.protocol === "tg:" || ["t.me", "telegram.me"].includes(url.hostname);
  if (!ours || name?.toLowerCase() !== botName.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}

const INVITATION = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(?:\+|joinchat\/)|^tg:\/\/join\b/i;

/** A link into a group; whoever follows it joins, or asks to. */
export const isInvitation = (address) => INVITATION.test(address);

export const staysInside = (address, botName) =>
  isInvitation(address) || startOf(address, botName) !== null;

export function follow(address, { bot, deeds }) {
  const start = startOf(address, bot.username);
  if (start !== null) deeds.open(start);
  else if (isInvitation(address)) deeds.join(address);
  else if (safeUrl(address)) window.open(safeUrl(address).href, "_blank", "noopener,noreferrer");
}
