import type { AdmissionPlugin } from '../machine.ts';
import { newestDefault } from './newest-default.ts';
import { isWriteOf } from './subject.ts';

const CLASS = 'kubernetes.io/ingress.class';
const IS_DEFAULT = 'ingressclass.kubernetes.io/is-default-class';

/** Models plugin/pkg/admission/network/defaultingressclass. */
export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  admit: (attributes) => {
    const { object, txn } = attributes;
    if (!isWriteOf(attributes, 'networking.k8s.io', 'ingresses', 'CREATE') || !object?.spec) return;
    if (object.spec.ingressClassName !== undefined || object.metadata.annotations?.[CLASS] !== undefined) return;
    const found = newestDefault(txn.list('networking.k8s.io/ingressclasses'), ({ metadata }) => metadata.annotations?.[IS_DEFAULT] === 'true');
    if (found) object.spec.ingressClassName = found.metadata.name;
  },
};
