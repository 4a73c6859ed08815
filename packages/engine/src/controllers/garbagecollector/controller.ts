import { defineController } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER } from '../shared/objects.ts';
import { collect, finishForeground, orphanDependents } from './collect.ts';
import { reportForeignOwners } from './invalid.ts';
import { hasFinalizer, isDeleting, isDeletingDependents, ORPHAN } from './owners.ts';
import { everything, NEWCOMER } from './watch.ts';

/** Models pkg/controller/garbagecollector; the graph it keeps is here the `owner` index. */
export const garbageCollectorController = defineController({
  name: 'garbagecollector',
  component: 'garbage-collector-controller',
  manager: CONTROLLER_MANAGER,
  watches: [everything],
  reconcile: (context) => {
    const newcomer = context.key.startsWith(NEWCOMER);
    const key = newcomer ? context.key.slice(NEWCOMER.length) : context.key;
    const object = context.view.get(key);
    if (!object) return;
    if (isDeleting(object)) {
      if (hasFinalizer(object, ORPHAN)) orphanDependents(context, key);
      else if (isDeletingDependents(object)) finishForeground(context, object);
      return;
    }
    if (newcomer) reportForeignOwners(context, object);
    collect(context, key, object);
  },
});
