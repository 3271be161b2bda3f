import { registerHooks } from 'node:module';

/** Where zod, as it is pinned, keeps the languages of its messages, and the one among them that it speaks by itself. */
const languages = '../locales/index.js';
const english = '../locales/en.js';

/**
 * Loaded before `main.ts` (`node --import`, see node-settings.json): Crier is several hundred files that name each
 * other by their whole relative path, as TypeScript under Node demands. For each such name Node would look whether
 * the file is there, follow its links and read package.json in every folder above it, to find what this says at
 * once; a sixth of a start went by with that. Nothing but our own files is named so: Node runs no TypeScript of a
 * package. The hundred files of zod name each other in the same way, and of the sixty that hold its messages in other
 * languages nobody here reads one. Without this everything runs as well, only later.
 */
registerHooks({
  resolve: (specifier, context, next) => {
    const { parentURL } = context;
    if (parentURL === undefined || !/^\.\.?\//.test(specifier)) return next(specifier, context);
    if (specifier.endsWith('.ts')) return found(specifier, parentURL, 'module-typescript');
    const isOfZod = specifier.endsWith('.js') && parentURL.includes('/node_modules/zod/v4/');
    if (!isOfZod) return next(specifier, context);
    return found(specifier === languages ? english : specifier, parentURL, 'module');
  },
});

function found(specifier: string, parentURL: string, format: string) {
  return { url: new URL(specifier, parentURL).href, format, shortCircuit: true };
}
