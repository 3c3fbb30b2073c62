import { createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

/** An authority of a test's own, and what it vouches for. All of it is made anew in each run and known to nobody else. */
export type Authority = {
  /** Its certificate, PEM: whoever trusts it takes what it has issued. */
  certificate: string;
  /** A certificate for these names (host names, or addresses such as 127.0.0.1), with its key, PEM. */
  issue(names: readonly string[], validity?: Validity): { cert: string; key: string };
};

type Validity = { from: Date; until: Date };

const DAY_MS = 86_400_000;
const today = (): Validity => ({ from: new Date(Date.now() - DAY_MS), until: new Date(Date.now() + DAY_MS) });

export function createAuthority(name: string): Authority {
  const { privateKey, publicKey } = newKeys();
  const own = { issuer: name, subject: name, publicKey, signedWith: privateKey, validity: today() };
  return {
    certificate: certificate({ ...own, extensions: [IS_AUTHORITY] }),
    issue(names, validity = today()) {
      const keys = newKeys();
      const cert = certificate({
        issuer: name,
        subject: names[0] ?? '',
        publicKey: keys.publicKey,
        signedWith: privateKey,
        validity,
        extensions: [namesOf(names)],
      });
      return { cert, key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Node reads certificates but makes none, and a program that does is not on every machine: this is the DER of X.509. */
function certificate(of: {
  issuer: string;
  subject: string;
  publicKey: KeyObject;
  signedWith: KeyObject;
  validity: Validity;
  extensions: readonly Buffer[];
}): string {
  const algorithm = sequence(ECDSA_WITH_SHA256);
  const content = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    commonName(of.issuer),
    sequence(time(of.validity.from), time(of.validity.until)),
    commonName(of.subject),
    of.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...of.extensions)),
  );
  const signature = createSign('SHA256').update(content).sign(of.signedWith);
  const whole = sequence(content, algorithm, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const integer = (value: Buffer): Buffer => der(0x02, value);
const octets = (value: Buffer): Buffer => der(0x04, value);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const time = (at: Date): Buffer =>
  der(0x18, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, ''), 'ascii'));

const ECDSA_WITH_SHA256 = objectId('2a8648ce3d040302');
const COMMON_NAME = objectId('550403');
const BASIC_CONSTRAINTS = objectId('551d13');
const SUBJECT_ALT_NAME = objectId('551d11');
const TRUE = der(0x01, Buffer.from([0xff]));

const IS_AUTHORITY = sequence(BASIC_CONSTRAINTS, TRUE, octets(sequence(TRUE)));

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));
}

/** Addresses of four numbers, and names. */
function namesOf(names: readonly string[]): Buffer {
  const one = (name: string): Buffer =>
    /^[\d.]+$/.test(name)
      ? der(0x87, Buffer.from(name.split('.').map(Number)))
      : der(0x82, Buffer.from(name, 'ascii'));
  return sequence(SUBJECT_ALT_NAME, octets(sequence(...names.map(one))));
}
