// Keeps a component as it is while none of its properties has been replaced.
import { Component, h } from "./vendor/preact-htm.js";

export function memo(render) {
  return class Memo extends Component {
    shouldComponentUpdate(next) {
      const names = Object.keys({ ...this.props, ...next });
      return names.some((name) => this.props[name] !== next[name]);
    }

    render() {
      return h(render, this.props);
    }
  };
}
