import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part } from '../fields.ts';
import { goSelector, goStruct } from '../go/show.ts';
import { validateLabelSelector } from '../labels.ts';
import { isDns1123Subdomain } from '../names.ts';
import { validateFileMode, validateLocalNonReservedPath } from '../paths.ts';
import { VOLUME_FIELD_PATHS, validateFieldRef, validateResourceFieldRef } from './downward.ts';
import { validateKeyToPath } from './key-paths.ts';

/** Models validateDownwardAPIVolumeFile; upstream leaves the item's index out of the path. */
export const validateDownwardItems = (items: Part[] | undefined, path: string): FieldError[] =>
  (items ?? []).flatMap((item) => validateDownwardFile(item, path));

function validateDownwardFile(file: Part, path: string): FieldError[] {
  const errors = file.path ? [] : [required(`${path}.path`)];
  errors.push(...validateLocalNonReservedPath(file.path ?? '', `${path}.path`));
  if (file.fieldRef) {
    errors.push(...validateFieldRef(file.fieldRef, VOLUME_FIELD_PATHS, `${path}.fieldRef`));
    if (file.resourceFieldRef) errors.push(invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
  } else if (file.resourceFieldRef) errors.push(...validateResourceFieldRef(file.resourceFieldRef, `${path}.resourceFieldRef`, true));
  else errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
  return [...errors, ...validateFileMode(file.mode, `${path}.mode`)];
}

/** Paths within one projected volume: two sources may not write the same file. */
class TakenPaths {
  private readonly taken = new Set<string>();

  constructor(private readonly volumePath: string) {}

  claim(path: string | undefined, shown: string): FieldError[] {
    if (!path) return [];
    if (this.taken.has(path)) return [invalid(this.volumePath, shown, 'conflicting duplicate paths')];
    this.taken.add(path);
    return [];
  }
}

/** Models validateProjectedVolumeSource. */
export function validateProjected(volume: Part, path: string): FieldError[] {
  const taken = new TakenPaths(path);
  const sources: Part[] = volume.sources ?? [];
  return [
    ...validateFileMode(volume.defaultMode, `${path}.defaultMode`),
    ...sources.flatMap((source, i) => validateProjection(source, `${path}.sources[${i}]`, path, taken)),
  ];
}

function validateProjection(source: Part, at: string, volumePath: string, taken: TakenPaths): FieldError[] {
  const errors: FieldError[] = [];
  for (const kind of ['secret', 'configMap']) if (source[kind]) errors.push(...validateKeyProjection(source[kind], `${at}.${kind}`, taken));
  for (const file of source.downwardAPI?.items ?? []) {
    errors.push(...validateDownwardFile(file, `${at}.downwardAPI`), ...taken.claim(file.path, file.path));
  }
  if (source.serviceAccountToken) errors.push(...validateTokenProjection(source.serviceAccountToken, `${at}.serviceAccountToken`, volumePath));
  if (source.clusterTrustBundle) errors.push(...validateTrustBundle(source.clusterTrustBundle, `${at}.clusterTrustBundle`, taken));
  if (source.podCertificate) errors.push(...validatePodCertificate(source.podCertificate, `${at}.podCertificate`, taken));
  const given = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken', 'clusterTrustBundle', 'podCertificate'].filter((k) => source[k]);
  if (given.length > 1) errors.push(forbiddenField(at, 'may not specify more than 1 volume type per source'));
  return errors;
}

function validateKeyProjection(source: Part, path: string, taken: TakenPaths): FieldError[] {
  const errors = source.name ? [] : [required(`${path}.name`)];
  for (const [i, item] of ((source.items ?? []) as Part[]).entries()) {
    errors.push(...validateKeyToPath(item, `${path}.items[${i}]`), ...taken.claim(item.path, source.name ?? ''));
  }
  return errors;
}

const TOKEN_SECONDS_MIN = 600;
const TOKEN_SECONDS_MAX = 2 ** 32;

function validateTokenProjection(token: Part, path: string, volumePath: string): FieldError[] {
  const seconds: number = token.expirationSeconds ?? 0;
  const at = `${path}.expirationSeconds`;
  const errors: FieldError[] = [];
  if (seconds < TOKEN_SECONDS_MIN) errors.push(invalid(at, seconds, 'may not specify a duration less than 10 minutes'));
  if (seconds > TOKEN_SECONDS_MAX) errors.push(invalid(at, seconds, 'may not specify a duration larger than 2^32 seconds'));
  if (!token.path) errors.push(required(`${volumePath}.path`));
  else errors.push(...validateLocalNonReservedPath(token.path, `${volumePath}.path`));
  return errors;
}

function validateTrustBundle(bundle: Part, path: string, taken: TakenPaths): FieldError[] {
  const { name, signerName: signer } = bundle;
  const errors: FieldError[] = [];
  if (name !== undefined && signer !== undefined)
    errors.push(invalid(path, goStruct('ClusterTrustBundleProjection', bundle), 'only one of name and signerName may be used'));
  else if (name !== undefined) {
    if (name === '') errors.push(required(`${path}.name`, 'must be a valid object name'));
    const last = (name as string).split(':').pop() as string;
    errors.push(
      ...eachInvalid(
        `${path}.name`,
        name,
        isDns1123Subdomain(last).map((m) => `not a valid clustertrustbundlename: ${m}`),
      ),
    );
    if (bundle.labelSelector)
      errors.push(invalid(`${path}.labelSelector`, goSelector(bundle.labelSelector), 'labelSelector must be unset if name is specified'));
  } else if (signer !== undefined) {
    if (signer === '') errors.push(required(`${path}.signerName`, 'must be a valid signer name'));
    errors.push(...validateSignerName(signer, `${path}.signerName`), ...validateLabelSelector(bundle.labelSelector, `${path}.labelSelector`));
  } else errors.push(required(path, 'either name or signerName must be specified'));
  if (!bundle.path) errors.push(required(`${path}.path`));
  return [...errors, ...validateLocalNonReservedPath(bundle.path ?? '', `${path}.path`), ...taken.claim(bundle.path, bundle.path)];
}

/** `domain/name`. Models ValidateSignerName. */
export function validateSignerName(signer: string | undefined, path: string): FieldError[] {
  if (!signer) return [required(path)];
  const segments = signer.split('/');
  if (segments.length !== 2) return [invalid(path, signer, "must be a fully qualified domain and path of the form 'example.com/signer-name'")];
  const [domain, name] = segments as [string, string];
  const errors = eachInvalid(path, domain, isDns1123Subdomain(domain));
  if (!domain.includes('.')) errors.push(invalid(path, domain, 'should be a domain with at least two segments separated by dots'));
  return [...errors, ...eachInvalid(path, name, isDns1123Subdomain(name))];
}

const KEY_TYPES = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];
const EXPIRATION_SECONDS_MIN = 3600;
const EXPIRATION_SECONDS_MAX = 91 * 86_400;
const KUBERNETES_EXPIRATION_SECONDS_MAX = 86_400;

function validatePodCertificate(certificate: Part, path: string, taken: TakenPaths): FieldError[] {
  const errors = validateSignerName(certificate.signerName, `${path}.signerName`);
  if (!KEY_TYPES.includes(certificate.keyType)) errors.push(notSupported(`${path}.keyType`, certificate.keyType ?? '', KEY_TYPES));
  const seconds: number | undefined = certificate.maxExpirationSeconds;
  const most = /(^|\.)kubernetes\.io\//.test(certificate.signerName ?? '') ? KUBERNETES_EXPIRATION_SECONDS_MAX : EXPIRATION_SECONDS_MAX;
  const at = `${path}.maxExpirationSeconds`;
  if (seconds !== undefined && seconds < EXPIRATION_SECONDS_MIN) {
    errors.push(invalid(at, seconds, `if provided, maxExpirationSeconds must be >= ${EXPIRATION_SECONDS_MIN}`));
  }
  if (seconds !== undefined && seconds > most) errors.push(invalid(at, seconds, `if provided, maxExpirationSeconds must be <= ${most}`));
  const files = ['credentialBundlePath', 'keyPath', 'certificateChainPath'].filter((f) => certificate[f]);
  if (files.length === 0) errors.push(required(path, 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath'));
  for (const file of files) {
    errors.push(...validateLocalNonReservedPath(certificate[file], `${path}.${file}`), ...taken.claim(certificate[file], certificate[file]));
  }
  return errors;
}
