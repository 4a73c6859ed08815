import { sha256 } from '@noble/hashes/sha2.js';
import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import { objectKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import { type Certificate, keyIdentifier, writeCertificate } from './certificate.ts';
import { type Der, joinBytes, readDer, toBigInt } from './der.ts';
import { derivedKey } from './derived-key.ts';
import type { CertificateRequest } from './request.ts';
import { signatureProblem } from './signature.ts';
import { writeCommonName } from './subject.ts';

const YEAR_MS = 365 * 86_400_000;
const LIFE_MS = 10 * YEAR_MS;
/** Models --cluster-signing-duration of kube-controller-manager. */
const CERTIFICATE_MS_MAX = YEAR_MS;
const CERTIFICATE_MS_MIN = 10 * 60_000;
const BACKDATE_MS = 5 * 60_000;
/** What is valid for less is so from the moment of signing. */
const SHORT_MS = 8 * 3_600_000;
const REMEMBERED_MAX = 256;
const encoder = new TextEncoder();

/** Who signs certificates in a cluster, by a key that only the cluster's own state knows. */
export class Authority {
  private readonly key: Uint8Array;
  private readonly publicKey: Uint8Array;
  private readonly name = writeCommonName('kubernetes');
  private readonly notAfter: Instant;
  /** DER, signed by itself. */
  readonly certificate: Uint8Array;

  constructor(
    private readonly seed: string,
    madeAt: Instant,
  ) {
    const { privateKey, publicKey } = derivedKey(`certificate authority of ${seed}`);
    this.key = privateKey;
    this.publicKey = publicKey;
    this.notAfter = madeAt + LIFE_MS;
    this.certificate = writeCertificate(
      {
        serial: this.serial('itself'),
        issuer: this.name,
        subject: this.name,
        notBefore: madeAt - BACKDATE_MS,
        notAfter: this.notAfter,
        publicKey: this.publicKey,
        usages: ['digital signature', 'key encipherment', 'cert sign'],
        isAuthority: true,
      },
      this.key,
    );
  }

  /** Models Sign and PermissiveSigningPolicy in pkg/controller/certificates/authority. */
  sign(
    request: CertificateRequest,
    asked: { usages: readonly string[]; expirationSeconds?: number | undefined; uid: string; now: Instant },
  ): Uint8Array {
    const { usages, expirationSeconds, uid, now } = asked;
    const lifeMs = Math.min(CERTIFICATE_MS_MAX, Math.max(CERTIFICATE_MS_MIN, (expirationSeconds ?? CERTIFICATE_MS_MAX) * 1000));
    const ends = now + lifeMs - (lifeMs < SHORT_MS ? 0 : BACKDATE_MS);
    return writeCertificate(
      {
        serial: this.serial(uid),
        issuer: this.name,
        notBefore: now - BACKDATE_MS,
        notAfter: Math.min(ends, this.notAfter),
        subject: request.subject.raw,
        publicKey: request.publicKey,
        usages,
        names: request.names,
        namesAreAll: request.subject.isEmpty,
        authorityKey: keyIdentifier(this.publicKey),
      },
      this.key,
    );
  }

  hasSigned({ issuer, algorithm, signed, signature }: Certificate): boolean {
    const sameIssuer = issuer.length === this.name.length && issuer.every((byte, i) => byte === this.name[i]);
    return sameIssuer && signatureProblem(readDer(this.publicKey), algorithm as Der, signed, signature) === undefined;
  }

  private serial(purpose: string): bigint {
    return toBigInt(sha256(joinBytes([encoder.encode(`serial of ${this.seed}`), encoder.encode(purpose)])).subarray(0, 16)) >> 1n;
  }
}

const remembered = new Map<string, Authority>();

/** A function of the seed and of when the cluster was made: it is worked out where it is needed and stored nowhere. */
export function authorityOf(view: View): Authority {
  const system = view.get(objectKey('core/namespaces', '', 'kube-system'));
  const madeAt = parseRfc3339(system?.metadata.creationTimestamp ?? '') ?? 0;
  const name = `${madeAt} ${view.seed}`;
  const known = remembered.get(name);
  if (known) return known;
  const made = new Authority(view.seed, madeAt);
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(name, made);
  return made;
}
