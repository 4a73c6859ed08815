import type { KubeObject } from '../../core/object.ts';

const ENFORCE = 'kubernetes.io/enforce-mountable-secrets';

interface Variable {
  name: string;
  valueFrom?: { secretKeyRef?: { name?: string } };
}
interface Container {
  name: string;
  env?: Variable[];
  envFrom?: { secretRef?: { name?: string } }[];
}
interface Spec {
  volumes?: { secret?: { secretName?: string } }[];
  initContainers?: Container[];
  containers?: Container[];
  imagePullSecrets?: { name?: string }[];
}

const isTrue = (text: string | undefined): boolean => ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text ?? '');

/** Why an account that limits which secrets its pods may use does not let a pod be. Models limitSecretReferences in plugin/pkg/admission/serviceaccount. */
export function unmountableSecret({ metadata, secrets, imagePullSecrets }: KubeObject, spec: Spec): string | undefined {
  const { annotations, name: account } = metadata;
  if (!annotations || !Object.hasOwn(annotations, ENFORCE) || !isTrue(annotations[ENFORCE])) return undefined;
  const namesOf = (references: { name?: string }[] | undefined): (string | undefined)[] => (references ?? []).map(({ name }) => name);
  const mountable = namesOf(secrets);
  const used = [...usedInVolumes(spec), ...usedIn(spec.initContainers, 'init container'), ...usedIn(spec.containers, 'container')];
  const wrong = used.find(({ secret }) => !mountable.includes(secret));
  if (wrong) return `${wrong.where}="${wrong.secret}" is not allowed because service account ${account} does not reference that secret`;
  const pullable = namesOf(imagePullSecrets);
  const at = namesOf(spec.imagePullSecrets).findIndex((name) => !pullable.includes(name));
  if (at < 0) return undefined;
  const { name } = spec.imagePullSecrets?.[at] ?? {};
  return `imagePullSecrets[${at}].name="${name}" is not allowed because service account ${account} does not reference that imagePullSecret`;
}

interface Use {
  secret: string | undefined;
  where: string;
}

const usedInVolumes = ({ volumes }: Spec): Use[] =>
  (volumes ?? []).flatMap(({ secret }) => (secret ? [{ secret: secret.secretName, where: 'volume with secret.secretName' }] : []));

const usedIn = (containers: Container[] | undefined, what: string): Use[] =>
  (containers ?? []).flatMap(({ name, env, envFrom }) => [
    ...(env ?? []).flatMap(({ name: variable, valueFrom }) =>
      valueFrom?.secretKeyRef
        ? [{ secret: valueFrom.secretKeyRef.name, where: `${what} ${name} with envVar ${variable} referencing secret.secretName` }]
        : [],
    ),
    ...(envFrom ?? []).flatMap(({ secretRef }) =>
      secretRef ? [{ secret: secretRef.name, where: `${what} ${name} with envFrom referencing secret.secretName` }] : [],
    ),
  ]);
