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

/** What a link to this very bot says after its name; null for any other link. */
function saidTo(botName, address) {
  const url = safeUrl(address);
  if (!url) return null;
  const name = url.protocol === "tg:" ? url.searchParams.get("domain") : url.pathname.slice(1);
  const ours = url.protocol === "tg:" || ["t.me", "telegram.me"].includes(url.hostname);
  return ours && name?.toLowerCase() === botName.toLowerCase() ? url.searchParams : null;
}

/** The start parameter of a link to this very bot, "" without one; null for any other link. */
export function startOf(address, botName) {
  const said = saidTo(botName, address);
  return said && !said.has("startgroup") ? (said.get("start") ?? "") : null;
}

/**
 * What a link asks for that adds this very bot to a group: the rights of an administrator, if it
 * names any, and the word to start it with; null for any other link.
 */
export function wishOf(address, botName) {
  const said = saidTo(botName, address);
  if (!said?.has("startgroup")) return null;
  const rights = said.get("admin")?.split(" ").map((name) => `can_${name}`);
  return { rights, start: said.get("startgroup") };
}

const INVITATION = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(?:\+|joinchat\/)|^tg:\/\/join\b/i;

/** A link into a group; whoever follows it joins, or asks to. */
export const isInvitation = (address) => INVITATION.test(address);

export const staysInside = (address, botName) =>
  isInvitation(address) || saidTo(botName, address) !== null;

export function follow(address, { bot, deeds, onAddBot, onStart }) {
  const start = startOf(address, bot.username);
  const wish = wishOf(address, bot.username);
  if (wish) onAddBot(wish);
  else if (start !== null) onStart(start);
  else if (isInvitation(address)) deeds.join(address);
  else if (safeUrl(address)) window.open(safeUrl(address).href, "_blank", "noopener,noreferrer");
}
