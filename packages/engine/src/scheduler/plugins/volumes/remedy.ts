import type { KubeObject } from '../../../core/object.ts';
import { storageClassOf } from '../../../kinds/rules/volume-binding.ts';
import type { Cycle, Rejection, Remedy } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import { podClaims } from './claims.ts';

const request = ({ spec }: KubeObject): string => spec?.resources?.requests?.storage ?? '0';

/** A volume that would do for a claim, in words. */
function volumeFor(claim: KubeObject): string {
  const storageClass = storageClassOf(claim);
  const modes = (claim.spec?.accessModes ?? []).join(',');
  return `a PersistentVolume of ${request(claim)} or more with ${modes} ${storageClass ? `of class ${storageClass}` : 'without a class'} for claim ${claim.metadata.name}`;
}

/** What would have to be there for the pod's claims. */
export function volumeRemedy({ view, pod: { pod } }: Cycle, node: NodeInfo, { reasons: [reason = ''] }: Rejection): Remedy {
  const claims = podClaims(view, pod);
  if (typeof claims === 'string')
    return { text: claims.includes('not found') ? `create the ${claims.replace(' not found', '')}` : `resolve: ${claims}`, cost: 1 };
  if (claims.immediate.length > 0) return { text: `create ${claims.immediate.map(volumeFor).join(' and ')}`, cost: claims.immediate.length };
  if (reason.includes('node affinity')) return { text: "make room on the node where the pod's volume is", cost: 2 };
  if (reason.includes('non-existent')) return { text: 'delete the claims whose volumes are gone, and create them anew', cost: 2 };
  return { text: `create ${claims.delayed.map(volumeFor).join(' and ')} that node ${node.name} can reach`, cost: claims.delayed.length };
}
