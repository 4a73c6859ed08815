import type { KubeObject } from '../../../core/object.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';

const NONE = '<none>';
const queuing = ({ spec }: KubeObject, field: string): string | number => spec?.limited?.limitResponse?.queuing?.[field] ?? NONE;

// Models printPriorityLevelConfiguration in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  text(
    'Type',
    '`type` indicates whether this priority level is subject to limitation on request execution.  A value of `"Exempt"` means that requests of this priority level are not subject to a limit (and thus are never queued) and do not detract from the capacity made available to other priority levels.  A value of `"Limited"` means that (a) requests of this priority level _are_ subject to limits and (b) some of the server\'s limited capacity is made available exclusively to this priority level. Required.',
    ({ spec }) => spec?.type ?? '',
  ),
  text(
    'NominalConcurrencyShares',
    '`nominalConcurrencyShares` (NCS) contributes to the computation of the NominalConcurrencyLimit (NominalCL) of this level. This is the number of execution seats available at this priority level. This is used both for requests dispatched from this priority level as well as requests dispatched from other priority levels borrowing seats from this level.',
    ({ spec }) => spec?.limited?.nominalConcurrencyShares ?? spec?.exempt?.nominalConcurrencyShares ?? NONE,
  ),
  text('Queues', '`queues` is the number of queues for this priority level. The queues exist independently at each apiserver.', (level) =>
    queuing(level, 'queues'),
  ),
  text('HandSize', '`handSize` is a small positive number that configures the shuffle sharding of requests into queues.', (level) =>
    queuing(level, 'handSize'),
  ),
  text(
    'QueueLengthLimit',
    '`queueLengthLimit` is the maximum number of requests allowed to be waiting in a given queue of this priority level at a time; excess requests are rejected.  This value must be positive.  If not specified, it will be defaulted to 50.',
    (level) => queuing(level, 'queueLengthLimit'),
  ),
  ageColumn,
];
