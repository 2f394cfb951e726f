import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

interface Options {
  challenge: string;
  rp?: { id: string };
  rpId?: string;
}

/**
 * A passkey's device in software: one key pair (ES256), which signs what a page of `origin` asks for.
 * @param verifies whether it asked for a finger or a PIN
 */
export function anAuthenticator(origin: string, verifies = true) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const credentialId = randomBytes(16);
  const id = credentialId.toString('base64url');
  let counter = 0;

  const dataFor = (rpId: string, extra: Buffer) => {
    const flags = USER_PRESENT | (verifies ? USER_VERIFIED : 0) | (extra.length > 0 ? HAS_CREDENTIAL : 0);
    const head = Buffer.alloc(5);
    head.writeUInt8(flags);
    counter += 1;
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([hash(Buffer.from(rpId)), head, extra]);
  };
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const answer = (response: object) => ({
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });

  return {
    /** navigator.credentials.create() */
    register({ challenge, rp }: Options) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const data = dataFor(
        rp?.id ?? '',
        Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(x, y)]),
      );
      // {"fmt": "none", "attStmt": {}, "authData": data} in CBOR.
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
        Buffer.from([0x58, data.length]),
        data,
      ]);
      return answer({
        clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      });
    },
    /** navigator.credentials.get() */
    authenticate({ challenge, rpId }: Options) {
      const client = clientData('webauthn.get', challenge);
      const data = dataFor(rpId ?? '', Buffer.alloc(0));
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', Buffer.concat([data, hash(client)]), privateKey).toString('base64url'),
      });
    },
  };
}

/** An ES256 key as COSE writes it (RFC 9053): {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
const coseKey = (x: string, y: string) =>
  Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
