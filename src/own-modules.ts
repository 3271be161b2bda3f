import { registerHooks } from 'node:module';

/**
 * Loaded before `main.ts` (`node --import`, see node-settings.json): Crier is several hundred files that name each
 * other by their whole relative path, as TypeScript under Node demands. For each such name Node would look whether
 * the file is there, follow its links and read package.json in every folder above it, to find what this says at
 * once; a sixth of a start went by with that. Nothing but our own files is named so: Node runs no TypeScript of a
 * package. Without this everything runs as well, only later.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    context.parentURL !== undefined && /^\.\.?\/.*\.ts$/.test(specifier)
      ? {
          url: new URL(specifier, context.parentURL).href,
          format: 'module-typescript',
          shortCircuit: true,
        }
      : next(specifier, context),
});
