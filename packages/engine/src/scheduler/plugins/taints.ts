export { isTolerated, tolerates } from '../../kinds/shared/taints.ts';
