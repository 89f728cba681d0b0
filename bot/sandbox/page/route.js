// Whose conversations are open stands in the address (`#1001+1005`), so back, reload and a link work.
import { useEffect, useState } from "./vendor/preact-htm.js";

export const MOST_OPEN = 4;

function read() {
  const ids = location.hash.slice(1).split("+").map(Number);
  return [...new Set(ids.filter(Number.isSafeInteger).filter(Boolean))].slice(0, MOST_OPEN);
}

export function show(personIds) {
  location.hash = personIds.slice(0, MOST_OPEN).join("+");
}

export function useRoute() {
  const [open, setOpen] = useState(read());
  useEffect(() => {
    const changed = () => setOpen(read());
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return open;
}
