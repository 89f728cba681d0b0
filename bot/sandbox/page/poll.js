// A poll: options to choose from, and shares once one has voted or it is closed.
import { html, useState } from "./vendor/preact-htm.js";
import { Icon } from "./icons.js";

function Result({ option, at, poll, chosen, words }) {
  const share = poll.total_voter_count ? option.voter_count / poll.total_voter_count : 0;
  const right = poll.correct_option_ids?.includes(at) ?? poll.correct_option_id === at;
  const mine = chosen.includes(at);
  const quiz = poll.type === "quiz";
  const look = [mine && "mine", right && "right", quiz && mine && !right && "wrong"];
  return html`<li class=${look.filter(Boolean).join(" ")}>
    <span class="poll-share">${Math.round(share * 100)} %</span>
    <span class="poll-text">
      ${option.text}
      ${(mine || right) && html` <${Icon} name=${quiz && !right ? "close" : "check"} />`}
      ${mine && html`<span class="hidden">(${words.yourVote})</span>`}
      ${right && html`<span class="hidden">(${words.rightAnswer})</span>`}
    </span>
    <progress max="1" value=${share} aria-label=${`${option.text}: ${words.votes(option.voter_count)}`}></progress>
  </li>`;
}

function Ballot({ poll, words, onVote }) {
  const [picked, setPicked] = useState([]);
  const many = poll.allows_multiple_answers;
  const toggle = (at) =>
    setPicked(picked.includes(at) ? picked.filter((one) => one !== at) : [...picked, at]);
  return html`<ul class="ballot">
      ${poll.options.map(
        (option, at) => html`<li>
          <button aria-pressed=${many ? picked.includes(at) : undefined} onClick=${() => (many ? toggle(at) : onVote([at]))}>
            <span class=${`poll-box ${many ? "many" : ""}`} aria-hidden="true"></span>${option.text}
          </button>
        </li>`,
      )}
    </ul>
    ${many &&
    html`<button class="button" disabled=${!picked.length} onClick=${() => onVote(picked)}>${words.vote}</button>`}`;
}

/** `chosen` is what this person has just voted here; what they voted before the server tells. */
export function Poll({ message, chosen, place }) {
  const { poll } = message;
  const { words, deeds } = place;
  const mine = chosen ?? message.chosen ?? [];
  const votes = !poll.is_closed && !mine.length;
  const mayRetract = !poll.is_closed && mine.length > 0 && poll.allows_revoting;
  const onVote = (options) => deeds.vote(message.message_id, options);
  return html`<div class="poll">
    <b>${poll.question}</b>
    <small>${poll.is_closed ? words.pollClosed : words.pollOpen(poll)}</small>
    ${votes
      ? html`<${Ballot} poll=${poll} words=${words} onVote=${onVote} />`
      : html`<ul>
          ${poll.options.map(
            (option, at) => html`<${Result} option=${option} at=${at} poll=${poll} chosen=${mine} words=${words} />`,
          )}
        </ul>`}
    <span class="poll-foot">
      <small>${words.votes(poll.total_voter_count)}</small>
      ${mayRetract && html`<button class="link" onClick=${() => onVote([])}>${words.retract}</button>`}
    </span>
    ${mine.length > 0 && poll.explanation && html`<small>${poll.explanation}</small>`}
  </div>`;
}
