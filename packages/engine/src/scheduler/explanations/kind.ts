import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { customKinds } from '../../kinds/apiextensions/custom/custom-kind.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import { defineKind, type KindDefinition } from '../../machinery/kind.ts';
import { notFound } from '../../machinery/status.ts';
import { isPending } from '../active.ts';
import { explanationOf } from './explanation.ts';
import { EXPLANATION_COLUMNS, EXPLANATION_SCHEMA } from './schema.ts';

/** Pods times nodes that a list looks at; those beyond are shown by their latest attempt alone. */
const LOOKS_MAX = 5000;

const described = customKinds({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'schedulingexplanations.sim.vivakube.dev' },
  spec: {
    group: 'sim.vivakube.dev',
    scope: 'Namespaced',
    names: {
      kind: 'SchedulingExplanation',
      plural: 'schedulingexplanations',
      singular: 'schedulingexplanation',
      listKind: 'SchedulingExplanationList',
      shortNames: ['why'],
    },
    versions: [
      { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: EXPLANATION_SCHEMA }, additionalPrinterColumns: EXPLANATION_COLUMNS },
    ],
  },
} as KubeObject)[0] as KindDefinition;

/** Where each pod went and why, under the pod's name: `kubectl get why`. */
export const schedulingExplanation = defineKind({
  ...described,
  verbs: ['get', 'list'],
  virtual: {
    get: (name, namespace, context) => {
      const pod = context.view.get(objectKey('core/pods', namespace, name)) as PodObject | undefined;
      if (!pod) throw notFound('sim.vivakube.dev', 'schedulingexplanations', name);
      return explanationOf(pod, context, true);
    },
    list: (namespace, context) => {
      let looks = LOOKS_MAX / Math.max(1, context.view.list('core/nodes').length);
      return (context.view.list('core/pods', namespace) as PodObject[]).map((pod) => explanationOf(pod, context, isPending(pod) && looks-- > 0));
    },
  },
});
