/** A parsed image reference. */
export interface Reference {
  /** `docker.io/library/nginx` */
  repository: string;
  tag: string;
  /** Set where the reference pins one. */
  digest?: string;
  /** `docker.io/library/nginx:1.25` */
  name: string;
}

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const DOMAIN = /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::\d+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** Models ParseNormalizedNamed of distribution/reference; a text where the reference is refused. */
export function parseReference(text: string): Reference | string {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  const path = tagged ? named.slice(0, colon) : named;
  const tag = tagged ? named.slice(colon + 1) : digest === undefined ? 'latest' : '';
  const refused = `couldn't parse image name "${text}": `;
  if (/[A-Z]/.test(withoutDomain(path).rest))
    return `${refused}invalid reference format: repository name (${normalise(path).path}) must be lowercase`;
  const { domain, path: rest } = normalise(path);
  const ok =
    DOMAIN.test(domain) &&
    rest.split('/').every((part) => COMPONENT.test(part)) &&
    (tag === '' || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!ok) return `${refused}invalid reference format`;
  const repository = `${domain}/${rest}`;
  return { repository, tag, ...(digest ? { digest } : {}), name: digest ? `${repository}@${digest}` : `${repository}:${tag}` };
}

function withoutDomain(path: string): { domain: string | undefined; rest: string } {
  const slash = path.indexOf('/');
  const first = slash < 0 ? '' : path.slice(0, slash);
  const isDomain = first.includes('.') || first.includes(':') || first === 'localhost' || first.toLowerCase() !== first;
  return isDomain ? { domain: first, rest: path.slice(slash + 1) } : { domain: undefined, rest: path };
}

function normalise(path: string): { domain: string; path: string } {
  const { domain, rest } = withoutDomain(path);
  if (domain !== undefined && domain !== 'docker.io' && domain !== 'index.docker.io') return { domain, path: rest };
  return { domain: 'docker.io', path: rest.includes('/') ? rest : `library/${rest}` };
}
