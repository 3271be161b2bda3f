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
});

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  timeStyle: 'short',
  dateStyle: 'medium',
});

function element(name, className, text) {
  const made = document.createElement(name);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function say(words) {
  if (notice !== null) notice.textContent = words;
}

async function ask(address, body) {
  const options =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(address, options);
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return response.json();
}

async function send(body) {
  say('');
  try {
    const answer = await ask('/rehearsal/act', { person, ...body });
    if (answer.notice !== undefined) say(answer.notice);
    if (answer.failed === true) say('Crier could not take that. Its terminal says why.');
    await showChat();
    return true;
  } catch {
    say('Crier did not answer. Is it still running? Please try again.');
    return false;
  }
}

function drawCard(json, message) {
  const card = new AdaptiveCard();
  card.hostConfig = host;
  card.parse(json);
  card.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction) {
      if (/^https?:/.test(action.url)) window.open(action.url, '_blank', 'noopener');
    } else if (action instanceof ExecuteAction) {
      const data = typeof action.data === 'object' ? action.data : {};
      void send({ does: 'press', message, verb: action.verb, data });
    }
  };
  return card.render();
}

function drawMessage({ id, from, at, text, card }) {
  const item = element('li', `rehearsal-message rehearsal-message--${from}`);
  item.id = id;
  const who = element('p', 'rehearsal-message__who', `${from === 'crier' ? 'Crier' : root.dataset.name} `);
  who.append(element('span', 'rehearsal-message__at', clock.format(at)));
  item.append(who);
  if (text !== undefined) item.append(element('p', 'rehearsal-message__text', text));
  if (card !== undefined) {
    const drawn = element('div', 'rehearsal-message__card');
    const rendered = drawCard(card, id);
    if (rendered !== undefined) drawn.append(rendered);
    item.append(drawn);
  }
  return item;
}

let after = 0;

async function showChat() {
  const told = await ask(`/rehearsal/chat?person=${encodeURIComponent(person)}&after=${after}`);
  if (told.last < after) {
    // Crier was started again, and its chats begin anew.
    after = 0;
    messages.replaceChildren();
    return;
  }
  const atEnd = window.innerHeight + window.scrollY > document.body.scrollHeight - 400;
  for (const message of told.messages) {
    if (message.change <= after) continue;
    const before = document.getElementById(message.id);
    const drawn = drawMessage(message);
    if (before === null) {
      messages.append(drawn);
      if (atEnd) drawn.scrollIntoView({ block: 'nearest' });
    } else before.replaceWith(drawn);
  }
  after = Math.max(after, told.last);
  document.querySelector('#empty').hidden = messages.childElementCount > 0;
}

let shownTimelines = '';

async function showPublished() {
  const { timelines } = await ask('/rehearsal/published');
  const now = JSON.stringify(timelines);
  if (now === shownTimelines) return;
  shownTimelines = now;
  document.querySelector('#timelines').replaceChildren(...timelines.map(drawTimeline));
}

function drawTimeline({ name, network, entries }) {
  const section = element('section', 'rehearsal-timeline');
  section.append(element('h3', 'govuk-heading-s', `${network}: ${name}`));
  if (entries.length === 0) section.append(element('p', 'govuk-body', 'Nothing yet.'));
  const list = element('ol', 'rehearsal-timeline__entries');
  for (const entry of entries) {
    const item = element('li', 'rehearsal-entry');
    item.id = entry.id;
    item.append(element('p', 'rehearsal-message__at', clock.format(entry.at)));
    item.append(
      entry.removedAt === undefined
        ? element('p', 'rehearsal-message__text', entry.text)
        : element('p', 'rehearsal-entry__removed', `Taken down, ${clock.format(entry.removedAt)}`),
    );
    list.append(item);
  }
  section.append(list);
  return section;
}

if (person !== undefined) {
  const form = document.querySelector('#say');
  const text = document.querySelector('#text');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const typed = text.value.trim();
    if (typed !== '' && (await send({ does: 'say', text: typed }))) text.value = '';
  });
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  for (const button of form.querySelectorAll('[data-say]')) {
    button.addEventListener('click', () => void send({ does: 'say', text: button.dataset.say }));
  }
}

const wide = window.matchMedia('(min-width: 1000px)');
if (wide.matches) document.querySelector('#people').open = true;

async function look() {
  try {
    await Promise.all([showPublished(), ...(person === undefined ? [] : [showChat()])]);
  } catch {
    say('Crier does not answer. It may have been stopped.');
  }
  window.setTimeout(look, 1000);
}
void look();
