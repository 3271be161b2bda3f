import { addressOf, isLoopback, isSafeAddress, type Reader } from './reader.ts';

/** The origins that may frame the news; none given: the council's own site alone. */
export function readEmbedOrigins(read: Reader): readonly string[] {
  const origins = (read.text('CRIER_EMBED_ORIGINS') ?? '').split(/[\s,]+/).filter((origin) => origin !== '');
  const wrong = origins.some((origin) => {
    const address = addressOf(origin);
    return address === undefined || !isSafeAddress(address) || address.origin !== origin.toLowerCase();
  });
  if (wrong)
    read.fault(
      'CRIER_EMBED_ORIGINS',
      'holds something that is not the address of a site',
      'addresses with commas between, such as https://www.sefton.gov.uk, and nothing after the name',
    );
  return origins;
}

/** Where people reach the public pages; slashes at its end are left out. */
export function readPublicUrl(read: Reader, production: boolean): string | undefined {
  const allowed =
    'the address people reach the news site by, such as https://news.sefton.gov.uk, and nothing after the name';
  const text = read.text('CRIER_PUBLIC_URL');
  if (text === undefined)
    return production ? read.fault('CRIER_PUBLIC_URL', 'is missing', allowed) : undefined;
  const address = addressOf(text);
  if (address === undefined) return read.fault('CRIER_PUBLIC_URL', 'is no whole address', allowed);
  const problem = problemOf(address, production);
  return problem === undefined ? address.origin : read.fault('CRIER_PUBLIC_URL', problem, allowed);
}

/** What is wrong with an address for people to reach the site by. */
function problemOf(address: URL, production: boolean): string | undefined {
  if (address.protocol === 'http:' && (production || !isLoopback(address)))
    return 'begins with http://, where others on the way could read and change what is sent, instead of https://';
  if (address.protocol !== 'https:' && address.protocol !== 'http:') return 'does not begin with https://';
  if (address.username !== '' || address.password !== '')
    return 'has a name or a password in it, which everybody would see';
  if (address.search !== '' || address.hash !== '')
    return 'goes on with ? or # after the address of the site';
  // Pages, their style and pictures, feeds and the frame all name each other from there.
  if (!/^\/+$/u.test(address.pathname))
    return 'goes on after the name of the host, and the site takes all of one';
  return undefined;
}

/** Where a rehearsal's accounts stand when something else plays the social networks. Never off this machine. */
export function readTimelines(read: Reader, production: boolean): string | undefined {
  const text = read.text('CRIER_TIMELINES');
  if (text === undefined) return undefined;
  if (production)
    return read.fault(
      'CRIER_TIMELINES',
      'is set, and the accounts it stands for are for rehearsals alone',
      'nothing: leave it out',
    );
  const address = addressOf(text);
  if (
    address === undefined ||
    !isSafeAddress(address) ||
    !isLoopback(address) ||
    address.search !== '' ||
    address.hash !== ''
  )
    return read.fault(
      'CRIER_TIMELINES',
      'is not an address on this machine, and a rehearsal reaches nothing else',
      'an address such as http://127.0.0.1:4000, or leave it out',
    );
  return address.href.replace(/\/+$/, '');
}

/** Where secrets stand beside the variables. */
export function readVaultAddress(read: Reader, production: boolean): string | undefined {
  const text = read.text('CRIER_KEY_VAULT');
  if (text === undefined) return undefined;
  if (!production)
    return read.fault(
      'CRIER_KEY_VAULT',
      'is set, and without MicrosoftAppId nothing leaves this machine',
      'nothing: leave it out to rehearse',
    );
  const address = addressOf(text);
  const ofVault = /^[a-z0-9-]{3,24}\.(?:vault\.azure\.net|vault\.azure\.cn|vault\.usgovcloudapi\.net)$/u;
  if (
    address === undefined ||
    !isSafeAddress(address) ||
    address.protocol !== 'https:' ||
    address.port !== '' ||
    address.pathname !== '/' ||
    address.search !== '' ||
    address.hash !== '' ||
    !ofVault.test(address.hostname)
  )
    return read.fault(
      'CRIER_KEY_VAULT',
      'is not the address of a key vault',
      'its "Vault URI" as the Azure portal shows it, such as https://sefton.vault.azure.net',
    );
  return address.origin;
}
