// A finger that rests on something means what the right mouse button means.

const LONG = 450;
const STILL = 10;

/** Handlers for an element; `onPress` gets the target and the place in the window. */
export function longPress(onPress) {
  let timer = null;
  let from = null;
  const forget = () => clearTimeout(timer);
  return {
    onPointerDown({ pointerType, target, clientX: x, clientY: y }) {
      forget();
      if (pointerType !== "touch") return;
      from = { x, y };
      timer = setTimeout(() => onPress(target, from), LONG);
    },
    onPointerMove({ clientX, clientY }) {
      if (from && Math.hypot(clientX - from.x, clientY - from.y) > STILL) forget();
    },
    onPointerUp: forget,
    onPointerCancel: forget,
  };
}
