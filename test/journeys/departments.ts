/** Highways is Roads now, under another id; whoever wrote for it writes for that. */
export const renamed = (sample: string): string =>
  sample
    .replace(
      '  highways:\n    name: Highways and Transport\n    short: Highways',
      '  roads:\n    name: Roads and Travel\n    short: Roads',
    )
    .replace('aliases: [roads, transport, traffic]', 'aliases: [transport, traffic]')
    .replaceAll(', highways]', ', roads]');

/** Highways is gone altogether, and whoever wrote for it writes for nobody. */
export const dissolved = (sample: string): string =>
  sample.replace(/ {2}highways:\n( {4}.*\n)+/u, '').replaceAll(', highways]', ']');
