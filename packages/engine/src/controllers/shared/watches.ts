import { mapped, type Watch } from '../../machinery/controller.ts';
import type { KindName } from './objects.ts';

/** As `self`, but a controller's own report of status, after which there is nothing new to see, does not wake it. */
export const selfButOwnReports = (kind: KindName, component: string): Watch =>
  mapped(kind, (event) => {
    const report =
      event.type === 'MODIFIED' &&
      event.actor === component &&
      event.previous?.object.metadata.generation === event.stored.object.metadata.generation;
    return report ? [] : [event.key];
  });
