import type { AdmissionPlugin } from '../machine.ts';

const DEFAULT_SECONDS = 300;
const TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

interface Toleration {
  key?: string;
  operator?: string;
  effect?: string;
}

/** Pods stay five minutes on a node that is not ready, unless they say otherwise. Models plugin/pkg/admission/defaulttolerationseconds. */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  admit: ({ operation, kind, subresource, object }) => {
    if (operation === 'DELETE' || kind.group !== '' || kind.plural !== 'pods' || subresource !== '' || !object?.spec) return;
    const tolerations: Toleration[] = object.spec.tolerations ?? [];
    const missing = TAINTS.filter((taint) => !tolerations.some((t) => (t.key === taint || !t.key) && (t.effect === 'NoExecute' || !t.effect)));
    if (missing.length === 0) return;
    const added = missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: DEFAULT_SECONDS }));
    object.spec.tolerations = [...tolerations, ...added];
  },
};
