import { constants, createPrivateKey, privateEncrypt } from 'node:crypto';
import forge from 'node-forge';

interface Certified {
  readonly key: forge.pki.rsa.PrivateKey;
  readonly certificate: forge.pki.Certificate;
}

let serials = 0;
/** Made once: none of these hosts has to be safe from another, and making a key takes longest of all. */
let pair: forge.pki.rsa.KeyPair | undefined;

/** What stands before a SHA-256 digest in a signature of RSA (RFC 8017, 9.2). */
const isSha256 = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** The same keys, by which Node signs: in JavaScript a certificate takes some fifty times as long. */
function quickly({ publicKey, privateKey }: forge.pki.rsa.KeyPair): forge.pki.rsa.KeyPair {
  const key = createPrivateKey(forge.pki.privateKeyToPem(privateKey));
  const sign = (of: forge.md.MessageDigest | string): string => {
    const digest = typeof of === 'string' ? of : of.digest().getBytes();
    const signed = Buffer.concat([isSha256, Buffer.from(digest, 'latin1')]);
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signed).toString('latin1');
  };
  return { publicKey, privateKey: { ...privateKey, sign } };
}

/** A certificate for a name, signed by the authority, or the authority's own when there is none yet. */
function certify(name: string, authority?: Certified): Certified {
  pair ??= quickly(forge.pki.rsa.generateKeyPair({ bits: 2048, workers: 0 }));
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
