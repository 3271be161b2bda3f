import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const require = createRequire(import.meta.url);

/** A file beside a package's main one; not every package exports its browser build by name. */
const beside = (packageName: string, file: string): string =>
  readFileSync(join(dirname(require.resolve(packageName)), file), 'utf8');

/** What Teams draws with, as far as it can be told from outside: light or dark, its sizes and spaces. */
export type Theme = 'light' | 'dark';

const colours = (theme: Theme) => {
  const pair = (light: string, dark: string) => {
    const strong = theme === 'light' ? light : dark;
    // eight digits begin with the opacity here
    return { default: strong, subtle: strong.replace('#', theme === 'light' ? '#D9' : '#E0') };
  };
  const highlight = theme === 'light' ? '#FFF3B8' : '#5C4B00';
  const withHighlight = (light: string, dark: string) => ({
    ...pair(light, dark),
    highlightColors: { default: highlight, subtle: highlight },
  });
  return {
    default: withHighlight('#242424', '#FFFFFF'),
    dark: withHighlight('#242424', '#FFFFFF'),
    light: withHighlight('#616161', '#ADADAD'),
    accent: withHighlight('#4F52B2', '#9EA2FF'),
    good: withHighlight('#0E700E', '#92C353'),
    warning: withHighlight('#8A4B00', '#F8D22A'),
    attention: withHighlight('#B10E1C', '#F9526B'),
  };
};

/** A host configuration with the looks of Teams. */
function hostConfig(theme: Theme): object {
  const style = (light: string, dark: string, lightBorder: string, darkBorder: string) => ({
    backgroundColor: theme === 'light' ? light : dark,
    borderColor: theme === 'light' ? lightBorder : darkBorder,
    foregroundColors: colours(theme),
  });
  return {
    fontFamily: '"Segoe UI", "Open Sans", system-ui, sans-serif',
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: theme === 'light' ? '#E0E0E0' : '#525252' },
    supportsInteractivity: true,
    imageSizes: { small: 32, medium: 52, large: 100 },
    containerStyles: {
      default: style('#FFFFFF', '#292929', '#FFFFFF', '#292929'),
      emphasis: style('#F0F0F0', '#1F1F1F', '#E0E0E0', '#3D3D3D'),
      accent: style('#E8EBFA', '#2F2F4A', '#C5CBFA', '#4F52B2'),
      good: style('#E7F2DA', '#24381A', '#BDDA9B', '#4C7A2E'),
      warning: style('#FBF6D9', '#463100', '#F2E384', '#8A6A00'),
      attention: style('#FCF4F6', '#3E1F25', '#F3D6D8', '#8C3A45'),
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
  };
}

const css = (theme: Theme) => `
  * { box-sizing: border-box; }
  body { margin: 0; font: 14px/20px "Segoe UI", "Open Sans", sans-serif; background: ${theme === 'light' ? '#F5F5F5' : '#141414'}; color: ${theme === 'light' ? '#242424' : '#FFF'}; }
  .crier-card { border: 1px solid ${theme === 'light' ? '#E0E0E0' : '#3D3D3D'}; border-radius: 4px; overflow: hidden; }
  .ac-textBlock p { margin: 0; }
  .ac-textBlock p + p { margin-top: 8px; }
  .ac-anchor, a { color: ${theme === 'light' ? '#4F52B2' : '#9EA2FF'}; }
  .ac-pushButton { font: 600 14px/20px "Segoe UI", "Open Sans", sans-serif; padding: 5px 12px; border-radius: 4px; min-height: 32px; max-width: 100%;
    border: 1px solid ${theme === 'light' ? '#D1D1D1' : '#666'}; background: ${theme === 'light' ? '#FFF' : '#292929'}; color: inherit; }
  .ac-pushButton > div { white-space: normal !important; overflow: visible !important; }
  .ac-pushButton.style-positive { background: #5B5FC7; border-color: #5B5FC7; color: #FFF; }
  .ac-pushButton.style-destructive { border-color: ${theme === 'light' ? '#C50F1F' : '#F1707B'}; color: ${theme === 'light' ? '#B10E1C' : '#F9A1A8'}; }
  .ac-actionSet { flex-wrap: wrap !important; gap: 8px; }
  .ac-actionSet > div:not(.ac-pushButton) { display: none; }
  .ac-input { font: 14px/20px "Segoe UI", "Open Sans", sans-serif; width: 100%; padding: 5px 10px; border-radius: 4px; color: inherit;
    border: 1px solid ${theme === 'light' ? '#D1D1D1' : '#666'}; background: ${theme === 'light' ? '#FFF' : '#1F1F1F'}; }
  textarea.ac-input { min-height: 64px; }
  input[type=checkbox], input[type=radio] { width: 16px; height: 16px; flex: none; }
  .ac-horizontal-separator { background: none !important; }
`;

/** A page with the real renderer and a Markdown reader, as the hosts of cards put them together. */
export async function openStage(page: Page, theme: Theme): Promise<void> {
  await page.setContent(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Cards</title><style>${css(theme)}</style></head><body><main id="stage"></main></body></html>`,
  );
  await page.addScriptTag({ content: beside('adaptivecards/dist/adaptivecards.js', 'adaptivecards.min.js') });
  await page.addScriptTag({ content: beside('markdown-it', 'browser/markdown-it.umd.min.js') });
  await page.evaluate(stageScript(theme));
}

/** In the page: `drawCard(json)` gives the drawn element and what the parser warned of. */
const stageScript = (theme: Theme): string => `
  const { AdaptiveCard, ExecuteAction, HostConfig, SerializationContext, SubmitAction, Versions } = window.AdaptiveCards;
  const markdown = window.markdownit();
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
  window.drawCard = (json) => {
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig(${JSON.stringify(hostConfig(theme))});
    const context = new SerializationContext(Versions.v1_5);
    card.parse(json, context);
    const warnings = [];
    for (let n = 0; n < context.eventCount; n += 1) warnings.push(context.getEventAt(n).message);
    for (const failure of card.validateProperties().validationEvents) warnings.push(failure.message);
    const element = card.render();
    const brings = card.getAllActions().flatMap((action) => {
      if (!(action instanceof SubmitAction || action instanceof ExecuteAction)) return [];
      const referenced = action.getReferencedInputs() ?? {};
      return [{ title: action.title, inputs: Object.keys(referenced), set: Object.keys(referenced).filter((id) => referenced[id].isSet()), fields: action.data?.fields ?? '' }];
    });
    return { element, warnings, brings };
  };
`;

const drawnSchema = z.object({
  warnings: z.array(z.string()),
  brings: z.array(
    z.object({
      title: z.string(),
      inputs: z.array(z.string()),
      set: z.array(z.string()),
      fields: z.string(),
    }),
  ),
  text: z.string(),
  buttons: z.array(z.string()),
  markup: z.array(z.string()),
  over: z.array(z.string()),
  fromRight: z.array(z.string()),
});

/** What the renderer made of a card: its text, its buttons (those behind More too), which inputs a press of each would
 * bring, which of them hold something, and which it says that there were, markup that is in it, what is over the edge of a
 * phone, and what is read from right to left. */
export type Drawn = z.infer<typeof drawnSchema>;

/** Draws one card on the stage, alone. */
export async function drawCard(page: Page, card: object): Promise<Drawn> {
  const drawn: unknown = await page.evaluate(`(() => {
    const { element, warnings, brings } = window.drawCard(${JSON.stringify(card)});
    const stage = document.getElementById('stage');
    stage.style.width = '320px';
    stage.replaceChildren(element);
    const edge = stage.getBoundingClientRect().right + 1;
    const range = document.createRange();
    const over = [...element.querySelectorAll('*')].filter((each) => {
      range.selectNodeContents(each);
      return each.children.length === 0 && [...range.getClientRects()].some(({ right }) => right > edge);
    });
    const text = element.innerText;
    // what stands behind More is drawn when it is pressed
    for (const button of element.querySelectorAll('button')) if (button.textContent === 'More') button.click();
    return {
      warnings,
      brings,
      text,
      over: over.map((each) => each.textContent),
      fromRight: [...element.querySelectorAll('.ac-richTextBlock,.ac-textBlock,textarea')].filter((each) => getComputedStyle(each).direction === 'rtl').map((each) => each.value ?? each.innerText),
      buttons: [...element.querySelectorAll('button')].map((button) => button.textContent),
      markup: [...element.querySelectorAll('strong,b,em,i,a,code,pre,li,h1,h2,h3,h4,blockquote,hr,s,del,table,p > img')].map((each) => each.outerHTML),
    };
  })()`);
  return drawnSchema.parse(drawn);
}
