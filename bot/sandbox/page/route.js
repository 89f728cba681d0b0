// Which conversations are open stands in the address (`#1001+1005`), so back, reload and a link work.
import { useEffect, useState } from "./vendor/preact-htm.js";
import { isKey } from "./seats.js";

export const MOST_OPEN = 4;

function read() {
  const keys = location.hash.slice(1).split("+").filter(isKey);
  return [...new Set(keys)].slice(0, MOST_OPEN);
}

export function show(keys) {
  location.hash = keys.slice(0, MOST_OPEN).join("+");
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
