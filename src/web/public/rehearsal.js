// The rehearsal page: shows one person's chat with Crier, draws cards with the renderer that Teams uses, sends what
// is typed and pressed, and shows what the pretend accounts published.
const { AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction } = window.AdaptiveCards;
const markdown = window.markdownit({ breaks: true });
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

const root = document.querySelector('#rehearsal');
const messages = document.querySelector('#messages');
const person = root.dataset.person;
/** where they talk to Crier: in their own chat, or in the Teams channel */
const at = root.dataset.in;
const notice = document.querySelector('#notice');

const colours = (strong) => ({
  default: strong,
  subtle: strong.replace('#', '#D9'),
  highlightColors: { default: '#FFF3B8', subtle: '#FFF3B8' },
});
const foregroundColors = {
  default: colours('#242424'),
  dark: colours('#242424'),
  light: colours('#616161'),
  accent: colours('#4F52B2'),
  good: colours('#0E700E'),
  warning: colours('#8A4B00'),
  attention: colours('#B10E1C'),
};
const box = (backgroundColor, borderColor) => ({ backgroundColor, borderColor, foregroundColors });
const host = new HostConfig({
  fontFamily: '"Segoe UI", system-ui, "Noto Sans", "Liberation Sans", sans-serif',
  fontSizes: { small: 13, default: 15, medium: 17, large: 19, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 18, default: 22, medium: 24, large: 26, extraLarge: 32 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#E0E0E0' },
  supportsInteractivity: true,
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: box('#FFFFFF', '#FFFFFF'),
    emphasis: box('#F0F0F0', '#E0E0E0'),
    accent: box('#E8EBFA', '#C5CBFA'),
    good: box('#E7F2DA', '#BDDA9B'),
    warning: box('#FBF6D9', '#F2E384'),
    attention: box('#FCF4F6', '#F3D6D8'),
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'Bolder' },
      optionalInputs: { weight: 'Bolder' },
    },
    errorMessage: { color: 'attention' },
  },
  textStyles: { heading: { weight: 'Bolder', size: 'Medium' } },
  textBlock: { headingLevel: 3 },
});

function element(name, className, text) {
  const made = document.createElement(name);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** longer than the longest that Crier takes for anything, in milliseconds */
const longestAnswer = 30_000;

const noAnswer = 'Crier does not answer. It may have been stopped: start it again with npm start.';

function say(words) {
  if (notice !== null) notice.textContent = words;
}

/** @param {object | FormData} [body] nothing: it is only read */
function optionsOf(body) {
  if (body === undefined) return {};
  return body instanceof FormData
    ? { method: 'POST', headers: { accept: 'application/json' }, body }
    : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function ask(address, body) {
  // Without an end, a card whose press is never answered would take no other press.
  const response = await fetch(address, { ...optionsOf(body), signal: AbortSignal.timeout(longestAnswer) });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return response.json();
}

/** Says beside the form why it was not taken, where it was not. */
function showError({ error, field }) {
  document.querySelector('#rehearsal-error').hidden = error === undefined;
  document.querySelector('#rehearsal-error-words').textContent = error ?? '';
  if (error !== undefined) document.querySelector(`#rehearsal-${field}`).focus();
}

/** @returns whether Crier took it */
async function act(body) {
  say('');
  try {
    const answer = await (body instanceof FormData
      ? ask(document.querySelector('#say').action, body)
      : ask('/rehearsal/act', { person, in: at, ...body }));
    showError(answer);
    if (answer.error !== undefined) return false;
    if (answer.notice !== undefined) say(answer.notice);
    if (answer.failed === true) say('Crier could not take that. What it printed where it runs says why.');
    await showChat(body.message);
    if (at === 'channel' && answer.card !== undefined) showOwnView(body.message, answer.card);
    return answer.failed !== true;
  } catch {
    say(noAnswer);
    return false;
  }
}

/** While a press is on its way, the card takes no other. */
async function press(message, verb, data) {
  const item = document.getElementById(message);
  const held = item?.contains(document.activeElement) === true;
  if (item !== null) item.inert = true;
  await act({ does: 'press', message, verb, data });
  if (item !== null) item.inert = false;
  if (held) document.getElementById(message)?.querySelector('.rehearsal-message__card')?.focus();
}

/**
 * Crier's own pictures are asked for by the name under which the page was opened, `localhost` or `127.0.0.1`: the page's
 * policy lets no other in.
 */
const asOpened = (address) =>
  typeof address === 'string' && address.startsWith(`${root.dataset.own}/`)
    ? address.slice(root.dataset.own.length)
    : address;

/**
 * A card with ids that no other card of the page has: two open forms would share those of their fields, and the
 * document has one element of an id.
 */
function asOf(message, value) {
  if (Array.isArray(value)) return value.map((each) => asOf(message, each));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => {
      // What a button carries is Crier's, not the page's.
      if (name === 'data') return [name, held];
      if (name === 'url' && value.type !== 'Action.OpenUrl') return [name, asOpened(held)];
      if (name === 'id' || name === 'elementId') return [name, `${message}-${held}`];
      if (name === 'targetElements')
        return [
          name,
          held.map((each) => (typeof each === 'string' ? `${message}-${each}` : asOf(message, each))),
        ];
      return [name, asOf(message, held)];
    }),
  );
}

/** What a press carries, its fields called as in the card that came. */
const asCame = (message, data) =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name.startsWith(`${message}-`) ? name.slice(message.length + 1) : name,
      value,
    ]),
  );

function drawCard(json, message) {
  const card = new AdaptiveCard();
  card.hostConfig = host;
  card.parse(asOf(message, json));
  card.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction) {
      if (/^https?:/.test(action.url)) window.open(action.url, '_blank', 'noopener');
    } else if (action instanceof ExecuteAction) {
      void press(message, action.verb, typeof action.data === 'object' ? asCame(message, action.data) : {});
    }
  };
  return card.render();
}

function drawMessage({ id, from, name, said, text, files = [], card }) {
  const item = element('li', `rehearsal-message rehearsal-message--${from}`);
  item.id = id;
  const who = element('p', 'rehearsal-message__who', `${name ?? 'Crier'} `);
  who.append(element('span', 'rehearsal-at', said));
  item.append(who);
  if (text !== undefined) item.append(element('p', 'rehearsal-message__text', text));
  for (const file of files) item.append(element('p', 'rehearsal-message__text', `File: ${file}`));
  if (card !== undefined) {
    const drawn = element('div', 'rehearsal-message__card');
    drawn.tabIndex = -1;
    const rendered = drawCard(card, id);
    if (rendered !== undefined) drawn.append(rendered);
    item.append(drawn);
  }
  return item;
}

/** the change of the chat that the page has seen last */
let after = 0;
let begun = false;

/**
 * Puts a message drawn anew in the place of what it was. Whoever stood on one of its buttons or fields, by the keyboard,
 * stands on the same one again, or on the card where that is gone.
 */
function putInPlace(before, drawn) {
  const stood = before.contains(document.activeElement) ? document.activeElement : null;
  before.replaceWith(drawn);
  if (stood === null) return;
  const same =
    stood.id === ''
      ? [...drawn.querySelectorAll('button')].find(({ textContent }) => textContent === stood.textContent)
      : document.getElementById(stood.id);
  (same ?? drawn.querySelector('.rehearsal-message__card'))?.focus({ preventScroll: true });
}

/** In a Teams channel whoever presses sees what answers them, in place of what everybody sees, until that changes. */
function showOwnView(id, card) {
  const before = document.getElementById(id);
  if (before === null) return;
  const said = before.querySelector('.rehearsal-at').textContent;
  putInPlace(before, drawMessage({ id, from: 'crier', said, card }));
}

/** @param {string} [pressed] the message in which somebody pressed something: what comes of it is read from its top */
async function showChat(pressed) {
  const told = await ask(`/rehearsal/chat?person=${encodeURIComponent(person)}&in=${at}&after=${after}`);
  if (told.last < after) {
    // Crier was started again, and its chats begin anew.
    after = 0;
    begun = false;
    messages.replaceChildren();
    return;
  }
  document.querySelector('#elsewhere').hidden = told.chat !== 'in-simulator';
  if (told.chat === 'not-begun' && !begun) {
    begun = true;
    void act({ does: 'open' });
  }
  let newest;
  for (const message of told.messages) {
    if (message.change <= after) continue;
    const before = document.getElementById(message.id);
    const drawn = drawMessage(message);
    if (before === null) {
      messages.append(drawn);
      newest = drawn;
    } else putInPlace(before, drawn);
  }
  after = Math.max(after, told.last);
  const changed = pressed === undefined ? null : document.getElementById(pressed);
  if (newest !== undefined) newest.scrollIntoView({ block: 'start' });
  else if (changed !== null && changed.getBoundingClientRect().top < 0)
    changed.scrollIntoView({ block: 'start' });
}

let shownTimelines = '';

async function showPublished() {
  const { timelines } = await ask('/rehearsal/published');
  const now = JSON.stringify(timelines);
  if (now === shownTimelines) return;
  const first = shownTimelines === '';
  shownTimelines = now;
  const quiet = timelines.filter(({ entries }) => entries.length === 0).map(accountOf);
  document
    .querySelector('#timelines')
    .replaceChildren(
      ...timelines.filter(({ entries }) => entries.length > 0).map(drawTimeline),
      ...(quiet.length === 0 ? [] : [element('p', 'rehearsal-small', `Nothing yet on ${quiet.join(', ')}.`)]),
    );
  // What a card's link points to is only there now.
  if (first && location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

const accountOf = ({ network, name }) => `${network} (${name})`;

function drawTimeline({ name, network, entries }) {
  const section = element('section', 'rehearsal-timeline');
  section.append(element('h3', 'rehearsal-timeline__name', accountOf({ name, network })));
  const list = element('ol', 'rehearsal-timeline__entries');
  list.append(...entries.map(drawEntry));
  section.append(list);
  return section;
}

function drawEntry({ id, said, text, title, note, media, changed, removed, replyTo, quote }) {
  const item = element('li', 'rehearsal-entry');
  item.id = id;
  item.append(element('p', 'rehearsal-at', said));
  if (removed !== undefined) {
    item.append(element('p', 'rehearsal-entry__removed', `Taken down ${removed}`));
    return item;
  }
  if (title !== undefined) item.append(element('p', 'rehearsal-entry__title', title));
  item.append(element('p', 'rehearsal-entry__text', text));
  if (note !== undefined) item.append(element('p', 'rehearsal-entry__text', note));
  for (const { alt, contentType } of media) {
    const kind = contentType.startsWith('video/') ? 'Video' : 'Picture';
    item.append(element('p', 'rehearsal-entry__picture', alt === '' ? kind : `${kind}: ${alt}`));
  }
  if (quote !== undefined) item.append(element('p', 'rehearsal-entry__picture', `Quotes ${quote}`));
  if (replyTo !== undefined)
    item.append(element('p', 'rehearsal-at', 'Stands as a reply under an earlier post'));
  if (changed !== undefined) item.append(element('p', 'rehearsal-at', `Changed ${changed}`));
  return item;
}

async function showWaiting() {
  const { waiting } = await ask('/rehearsal/waiting');
  for (const link of document.querySelectorAll('[data-player]')) {
    const count = waiting[link.dataset.player] ?? 0;
    const mark = link.querySelector('.rehearsal-waits');
    mark.hidden = count === 0;
    mark.textContent = count === 1 ? '1 post waits' : `${count} posts wait`;
  }
  const others = document.querySelector('#others');
  if (others === null) return;
  const count = Object.keys(waiting).filter((each) => each !== person).length;
  others.hidden = count === 0;
  others.textContent = count === 1 ? 'a post waits for 1 other person' : `posts wait for ${count} others`;
}

if (person !== undefined) {
  const form = document.querySelector('#say');
  const text = document.querySelector('#rehearsal-text');
  const files = document.querySelector('#rehearsal-files');
  const sayTyped = async () => {
    const typed = text.value;
    if (typed.trim() === '' && files.files.length === 0) return;
    const sent = new FormData(form);
    // The field empties the list that it has.
    const chosen = new DataTransfer();
    for (const file of files.files) chosen.items.add(file);
    text.value = '';
    files.value = '';
    if (await act(sent)) return;
    // What could not be sent comes back to be sent again.
    if (text.value === '') text.value = typed;
    if (files.files.length === 0) files.files = chosen.files;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void sayTyped();
  });
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  for (const button of form.querySelectorAll('[name="word"]')) {
    button.addEventListener('click', (event) => {
      // What else stands in the form is not sent with it.
      event.preventDefault();
      void act({ does: 'say', text: button.value });
    });
  }
}

if (window.matchMedia('(min-width: 60em)').matches) document.querySelector('#people').open = true;

async function look() {
  try {
    await Promise.all([showPublished(), showWaiting(), ...(person === undefined ? [] : [showChat()])]);
    if (notice?.textContent === noAnswer) say('');
  } catch {
    say(noAnswer);
  }
  window.setTimeout(() => void look(), 1000);
}
void look();
