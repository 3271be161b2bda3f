import forge from 'node-forge';

interface Certified {
  readonly key: forge.pki.rsa.PrivateKey;
  readonly certificate: forge.pki.Certificate;
}

let serials = 0;
/** Made once: none of these hosts has to be safe from another, and making a key takes longest of all. */
let pair: forge.pki.rsa.KeyPair | undefined;

/** A certificate for a name, signed by the authority, or the authority's own when there is none yet. */
function certify(name: string, authority?: Certified): Certified {
  pair ??= forge.pki.rsa.generateKeyPair({ bits: 2048, workers: 0 });
  const certificate = forge.pki.createCertificate();
  serials += 1;
  certificate.publicKey = pair.publicKey;
  certificate.serialNumber = `0${String(serials)}${forge.util.bytesToHex(forge.random.getBytesSync(8))}`;
  certificate.validity.notBefore = new Date(Date.now() - 86_400_000);
  certificate.validity.notAfter = new Date(Date.now() + 2 * 86_400_000);
  const subject = [{ name: 'commonName', value: name }];
  certificate.setSubject(subject);
  certificate.setIssuer(authority?.certificate.subject.attributes ?? subject);
  certificate.setExtensions(
    authority === undefined
      ? [
          { name: 'basicConstraints', cA: true, critical: true },
          { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
        ]
      : [
          { name: 'basicConstraints', cA: false },
          { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
        ],
  );
  certificate.sign(authority?.key ?? pair.privateKey, forge.md.sha256.create());
  return { key: pair.privateKey, certificate };
}

/** An authority for certificates that nobody else trusts, with PEM texts. */
export interface Authority {
  readonly certificate: string;
  readonly issue: (name: string) => { readonly key: string; readonly cert: string };
}

/** Made for one run; keeps nothing. */
export function createAuthority(): Authority {
  const authority = certify('Crier test authority');
  return {
    certificate: forge.pki.certificateToPem(authority.certificate),
    issue: (name) => {
      const { key, certificate } = certify(name, authority);
      return {
        key: forge.pki.privateKeyToPem(key),
        cert: forge.pki.certificateToPem(certificate),
      };
    },
  };
}
