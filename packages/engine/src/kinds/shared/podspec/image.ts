/** Parts of an image reference, as far as defaulting and display need them. Models pkg/util/parsers ParseImageName. */
export interface ImageReference {
  name: string;
  tag: string;
  digest: string;
}

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const DOMAIN = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]+)?';
const REFERENCE = new RegExp(
  `^((?:(?:${DOMAIN}|\\[[a-fA-F0-9:]+\\](?::[0-9]+)?)/)?${COMPONENT}(?:/${COMPONENT})*)(?::([\\w][\\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`,
);

/** Undefined when the text is no reference. Without a tag and a digest the tag is `latest`. */
export function parseImage(image: string): ImageReference | undefined {
  const m = REFERENCE.exec(image);
  if (!m) return undefined;
  const digest = m[3] ?? '';
  return {
    name: m[1] as string,
    tag: m[2] ?? (digest === '' ? 'latest' : ''),
    digest,
  };
}

/** `latest` moves, so it is pulled every time. Models SetDefaults_Container. */
export const defaultPullPolicy = (image: string): string => (parseImage(image)?.tag === 'latest' ? 'Always' : 'IfNotPresent');
