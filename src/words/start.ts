/**
 * Why nobody can be answered at the address that was asked for, and what to do.
 * @param code what the operating system calls it, such as EADDRINUSE
 */
export function sayCannotListen(
  code: string,
  { host, port }: { readonly host: string; readonly port: number },
): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Something else on this machine uses port ${port}, perhaps another Crier. Stop it first, or set PORT to another number.`;
    case 'EACCES':
      return `This account may not use port ${port}. Set PORT to a number above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine. Set HOST to one of its own.`;
    default:
      return `It cannot listen on ${host}, port ${port}${code === '' ? '' : ` (${code})`}. Set HOST and PORT to an address of this machine and a free port.`;
  }
}

/** Why nothing can be kept. */
export function sayCannotKeep(variable: 'CRIER_DATA' | 'CRIER_ANCHORS', folder: string): string {
  return `The folder ${folder} cannot be made or written to, or is no folder. Set ${variable} to one that this account may write to.`;
}

/** Why nothing is added to what was written by another key. */
export const sayOtherKey = (): string =>
  'The record was written with another audit key, and could never be verified again if this one went on with it. Set CRIER_AUDIT_KEY to the key that Crier ran with (a rehearsal without it keeps one in CRIER_DATA), or CRIER_DATA to a new folder.';

/** Where the data is, as whoever starts Crier set it. */
export type KeptIn = { readonly folder: string } | { readonly database: string };

/** Why a rehearsal and what is real are kept apart. @param used what wrote the data that is there */
export function sayOtherMode(used: 'rehearsal' | 'production', where: KeptIn): string {
  const there = 'folder' in where ? where.folder : `the database ${where.database}`;
  const elsewhere = `Set ${'folder' in where ? 'CRIER_DATA to a new folder' : 'COSMOS_DATABASE to a new database'}, and CRIER_ANCHORS, where it is set, to a new folder as well.`;
  return used === 'rehearsal'
    ? `The data in ${there} is a rehearsal's, in which one person may have approved posts as everybody: nothing of it may go out. ${elsewhere} What is in ${there} can be deleted.`
    : `The data in ${there} is a real council's, and a rehearsal would act on people's real posts. To go on with it, set MicrosoftAppId and what goes with it; to rehearse, leave it alone. ${elsewhere}`;
}

/** Why a tool has nothing to look at. */
export const sayNoStore = (folder: string): string =>
  `Nothing of Crier is kept in ${folder}. Set CRIER_DATA to the folder that Crier runs with.`;

/** Why the key vault gives nothing, and what to do. */
export function sayVaultFault(why: 'not-let-in' | 'forbidden' | 'not-reached', host: string): string {
  switch (why) {
    case 'not-let-in':
      return `The app could not sign in to read the key vault ${host}. Check MicrosoftAppId, MicrosoftAppTenantId and MicrosoftAppPassword, or the managed identity where there is no password.`;
    case 'forbidden':
      return `The app may not use the secrets of the key vault ${host}. Give it the role "Key Vault Secrets User" there ("Key Vault Secrets Officer" to write them).`;
    case 'not-reached':
      return `The key vault ${host} could not be reached, or gave no clear answer. Check CRIER_KEY_VAULT, its firewall and the way out (HTTPS_PROXY, NODE_EXTRA_CA_CERTS).`;
  }
}

/** Why Cosmos DB cannot be used, and what to do. */
export function sayStoreFault(why: 'not-let-in' | 'forbidden' | 'not-reached', host: string): string {
  switch (why) {
    case 'not-let-in':
      return `Cosmos DB at ${host} did not take the key. Check COSMOS_ENDPOINT and COSMOS_KEY, and whether the account allows keys.`;
    case 'forbidden':
      return `Cosmos DB at ${host} lets nobody in from here, or not by this key. Check the account's firewall, COSMOS_KEY and whether that key may write.`;
    case 'not-reached':
      return `Cosmos DB at ${host} could not be reached, or gave no clear answer. Check COSMOS_ENDPOINT, the account's firewall and the way out (HTTPS_PROXY, NODE_EXTRA_CA_CERTS).`;
  }
}

/** Why pictures and videos cannot be kept in Azure, and what to do. @param by whose right was tried */
export function sayMediaFault(
  why: 'not-let-in' | 'forbidden' | 'not-reached',
  host: string,
  by: 'key' | 'app',
): string {
  switch (why) {
    case 'not-let-in':
      return `The app could not sign in to keep pictures at ${host}. Check MicrosoftAppId, MicrosoftAppTenantId and MicrosoftAppPassword, or the managed identity where there is no password.`;
    case 'forbidden':
      return by === 'key'
        ? `The storage account at ${host} did not take the key. Check MEDIA_CONTAINER_URL and MEDIA_ACCOUNT_KEY, and whether the account allows keys.`
        : `The app may not keep pictures at ${host}. Give it the role "Storage Blob Data Contributor" there.`;
    case 'not-reached':
      return `The storage account at ${host} could not be reached, or gave no clear answer. Check MEDIA_CONTAINER_URL, the account's firewall and the way out (HTTPS_PROXY, NODE_EXTRA_CA_CERTS).`;
  }
}

/** @returns where else a missing variable could have stood */
export const sayAlsoSecret = (secret: string): string => ` (or the secret ${secret} of the key vault)`;
