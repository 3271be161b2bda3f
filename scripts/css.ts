import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile } from 'sass';

const styles = fileURLToPath(new URL('../src/web/styles/crier.scss', import.meta.url));
const frontend = fileURLToPath(new URL('./dist', import.meta.resolve('govuk-frontend/package.json')));

/** Where the built style sheet stands. It is committed, so that a start has nothing to build. */
export const built = new URL('../src/web/public/crier.css', import.meta.url);

/** Builds the news site's style sheet from its Sass and govuk-frontend's. */
export function buildCss(): string {
  return `${compile(styles, { loadPaths: [frontend], style: 'compressed', quietDeps: true, charset: false }).css}\n`;
}

if (import.meta.main) await writeFile(built, buildCss());
