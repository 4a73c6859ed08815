export { namesAskedFor, nodeSelectorMatches, selectsNode, termMatches } from '../../kinds/shared/node-selection.ts';
