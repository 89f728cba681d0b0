// Dates, times and amounts in the reader's language.

const format = (locale, options) => new Intl.DateTimeFormat(locale, options);

const dayOf = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());

const DAY = 86_400_000;

const daysBetween = (earlier, later) => Math.round((dayOf(later) - dayOf(earlier)) / DAY);

export const time = (date, locale) =>
  format(locale, { hour: "2-digit", minute: "2-digit" }).format(date);

/** With the year when it is not the one everybody lives in. */
export const moment = (date, locale) =>
  format(locale, {
    weekday: "short",
    day: "numeric",
    month: "numeric",
    ...(date.getFullYear() !== new Date().getFullYear() && { year: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
  }).format(date);

export const full = (date, locale) =>
  format(locale, { dateStyle: "full", timeStyle: "short" }).format(date);

/** The day as a heading: today, yesterday, 3 December, with the year when it is another one. */
export function day(date, now, locale) {
  const ago = daysBetween(date, now);
  if (ago === 0 || ago === 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-ago, "day");
    return word[0].toLocaleUpperCase(locale) + word.slice(1);
  }
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return format(locale, { day: "numeric", month: "long", year }).format(date);
}

/** As in a list of conversations: the time today, else the day. */
export function short(date, now, locale) {
  if (daysBetween(date, now) === 0) return time(date, locale);
  if (Math.abs(now - date) < 6 * DAY) return format(locale, { weekday: "short" }).format(date);
  return format(locale, { day: "numeric", month: "numeric" }).format(date);
}

const STEPS = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["day", DAY],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

function relative(date, now, locale) {
  const left = date - now;
  const [unit, length] = STEPS.find(([, size]) => Math.abs(left) >= size) ?? ["second", 1000];
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return words.format(Math.round(left / length), unit);
}

/** A `date_time` entity by its format: r, or any of w, d or D, t or T. */
export function dateTime(date, pattern, now, locale) {
  if (pattern === "r") return relative(date, now, locale);
  const options = {};
  if (pattern.includes("w")) options.weekday = "long";
  if (pattern.includes("d")) Object.assign(options, { day: "numeric", month: "numeric", year: "2-digit" });
  if (pattern.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/[tT]/.test(pattern)) Object.assign(options, { hour: "2-digit", minute: "2-digit" });
  if (pattern.includes("T")) options.second = "2-digit";
  return format(locale, options).format(date);
}

export function bytes(count, locale) {
  const units = ["B", "kB", "MB", "GB"];
  const power = Math.min(Math.floor(Math.log10(Math.max(count, 1)) / 3), units.length - 1);
  const digits = { maximumFractionDigits: power ? 1 : 0 };
  const amount = new Intl.NumberFormat(locale, digits).format(count / 1000 ** power);
  return `${amount} ${units[power]}`;
}
