import { z } from 'zod';

/*
 * The part of Adaptive Cards 1.5 that our cards use, and the habits that they keep: written for a narrow screen,
 * everything that wraps says so, at most two columns, a label on every input, a description on every picture, six
 * actions at most. A card outside of it is a fault of a template.
 */

const some = z.string().min(1);
const spacing = z.enum(['None', 'Small', 'Default', 'Medium', 'Large']).exactOptional();
const weight = z.enum(['Default', 'Bolder']).exactOptional();
const style = z.enum(['default', 'emphasis', 'accent', 'good', 'attention', 'warning']).exactOptional();

const execute = z.strictObject({
  type: z.literal('Action.Execute'),
  title: some,
  verb: some,
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  style: z.enum(['default', 'positive', 'destructive']).exactOptional(),
  tooltip: some.exactOptional(),
  associatedInputs: z.enum(['auto', 'none']).exactOptional(),
});

const submit = z.strictObject({
  type: z.literal('Action.Submit'),
  title: some,
  data: z.record(z.string(), z.string()),
  style: z.enum(['default', 'positive']).exactOptional(),
});

const toggle = z.strictObject({
  type: z.literal('Action.ToggleVisibility'),
  title: some,
  targetElements: z.array(some).min(1),
});

const showCard = z.strictObject({
  type: z.literal('Action.ShowCard'),
  title: some,
  card: z.strictObject({
    type: z.literal('AdaptiveCard'),
    body: z.lazy(() => z.array(element)),
    actions: z.array(execute).min(1).max(6),
  }),
});

const action = z.discriminatedUnion('type', [execute, submit, toggle, showCard]);

const textBlock = z.strictObject({
  type: z.literal('TextBlock'),
  text: some,
  wrap: z.literal(true),
  size: z.enum(['Small', 'Default', 'Medium']).exactOptional(),
  weight,
  color: z.enum(['Default', 'Attention', 'Warning', 'Good', 'Accent']).exactOptional(),
  isSubtle: z.boolean().exactOptional(),
  style: z.enum(['default', 'heading']).exactOptional(),
  spacing,
});

const richTextBlock = z.strictObject({
  type: z.literal('RichTextBlock'),
  spacing,
  inlines: z
    .array(
      z.strictObject({
        type: z.literal('TextRun'),
        text: some,
        strikethrough: z.boolean(),
        highlight: z.boolean(),
        weight,
        isSubtle: z.boolean(),
      }),
    )
    .min(1),
});

const image = z.strictObject({
  type: z.literal('Image'),
  url: some,
  altText: some,
  size: z.enum(['Stretch', 'Large', 'Medium']),
});

const named = { id: some, label: some };
const choices = z.array(z.strictObject({ title: some, value: some })).min(1);

const inputs = [
  z.strictObject({
    type: z.literal('Input.Text'),
    ...named,
    value: z.string(),
    placeholder: z.string().exactOptional(),
    isMultiline: z.boolean().exactOptional(),
    maxLength: z.int().positive().exactOptional(),
    style: z.literal('Url').exactOptional(),
  }),
  z.strictObject({
    type: z.literal('Input.ChoiceSet'),
    ...named,
    value: z.string().exactOptional(),
    placeholder: some.exactOptional(),
    isMultiSelect: z.boolean().exactOptional(),
    style: z.enum(['compact', 'expanded']).exactOptional(),
    wrap: z.literal(true),
    choices,
  }),
  z.strictObject({
    type: z.literal('Input.Toggle'),
    ...named,
    title: some,
    value: z.enum(['true', 'false']),
    valueOn: z.literal('true'),
    valueOff: z.literal('false'),
    wrap: z.literal(true),
  }),
] as const;

interface Container {
  readonly type: 'Container';
  readonly items: readonly unknown[];
}

const container: z.ZodType<Container> = z.strictObject({
  type: z.literal('Container'),
  id: some.exactOptional(),
  isVisible: z.boolean().exactOptional(),
  style,
  bleed: z.boolean().exactOptional(),
  separator: z.boolean().exactOptional(),
  rtl: z.literal(true).exactOptional(),
  spacing,
  items: z.lazy(() => z.array(element).min(1)),
});

interface ColumnSet {
  readonly type: 'ColumnSet';
  readonly columns: readonly unknown[];
}

const columnSet: z.ZodType<ColumnSet> = z.strictObject({
  type: z.literal('ColumnSet'),
  separator: z.boolean().exactOptional(),
  spacing,
  columns: z
    .array(
      z.strictObject({
        type: z.literal('Column'),
        width: z.enum(['auto', 'stretch']),
        verticalContentAlignment: z.literal('Center').exactOptional(),
        items: z.lazy(() => z.array(element).min(1)),
      }),
    )
    .min(1)
    .max(2),
});

const actionSet = z.strictObject({
  type: z.literal('ActionSet'),
  spacing,
  actions: z
    .array(z.discriminatedUnion('type', [execute, toggle]))
    .min(1)
    .max(6),
});

const element: z.ZodType<unknown> = z.lazy(() =>
  z.union([textBlock, richTextBlock, image, ...inputs, container, columnSet, actionSet]),
);

/** One of our cards, expanded. */
export const cardSubset = z.strictObject({
  type: z.literal('AdaptiveCard'),
  $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
  version: z.literal('1.5'),
  body: z.array(element).min(1),
  actions: z.array(action).max(6).exactOptional(),
  refresh: z.strictObject({ action: execute, userIds: z.array(some).min(1).max(60) }).exactOptional(),
});
