import { type Rejection, reject } from '../framework.ts';

export const NAME = 'DynamicResources';
export const no = (reason: string): Rejection => reject(NAME, 'UnschedulableAndUnresolvable', reason);

export const NONE_LEFT = no('cannot allocate all claims');
export const INVALID_POOLS = no('invalid resource pools were encountered');
export const TIMEOUT = no('timed out trying to allocate devices');
export const OUT_OF_REACH = no('resourceclaim not available on the node');
