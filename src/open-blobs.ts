import { join } from 'node:path';
import { appIdentity, azureFault } from './app-identity.ts';
import type { Config } from './config.ts';
import type { Blobs } from './core/blobs.ts';
import { openBlobFolder } from './store/blobs.ts';
import { sayMediaFault } from './words/start.ts';

/**
 * Opens the place for pictures and videos that the settings name.
 * @throws with words for whoever starts Crier, when it can not be used; nothing of Azure's answer goes into them
 */
export async function openBlobs({ media, data }: Pick<Config, 'media' | 'data'>): Promise<Blobs> {
  if (media.kind === 'folder') return await openBlobFolder(join(data, 'media'));
  const { container, by: access } = media;
  try {
    // The client of Azure is loaded here alone: most councils do without, and it costs a start and its memory.
    const { openAzureBlobs } = await import('./store/azure-blobs.ts');
    const by = access.is === 'key' ? access : { identity: await appIdentity(access.registration) };
    return await openAzureBlobs({ container, by, waiting: join(data, 'media-waiting') });
  } catch (fault) {
    throw new Error(sayMediaFault(azureFault(fault), new URL(container).host, access.is));
  }
}
