// The stream of what happens in the sandbox; it comes back by itself after a restart.

const GATHERING = 16;
const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 4000;

export function listen({ onOpen, onEvent, onLost }) {
  let pause = FIRST_PAUSE;
  let gathered = [];

  // A burst, as when everybody is written to, is drawn at once.
  function gather(event) {
    if (!gathered.length) setTimeout(deliver, GATHERING);
    gathered.push({ ...JSON.parse(event.data), n: Number(event.lastEventId) });
  }

  function deliver() {
    const events = gathered;
    gathered = [];
    events.forEach(onEvent);
  }

  function connect() {
    let over = false;
    const source = new EventSource("/sandbox/events");
    source.onopen = () =>
      onOpen().then(() => {
        pause = FIRST_PAUSE;
      }, lost);
    source.onmessage = gather;
    source.onerror = lost;

    // The browser's own retry would ask for events of a run that may be over; a fresh
    // stream with everything fetched anew can miss nothing.
    function lost() {
      if (over) return;
      over = true;
      source.close();
      onLost();
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  connect();
}
