import { ageSince } from '../../../machinery/age.ts';
import { labelSelectorText } from '../../cells/selector-text.ts';
import { ageColumn, boolean, integer, nameColumn, text, wide } from '../../cells/standard.ts';
import { containerColumns } from '../../cells/templates.ts';

// Models printCronJob in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  text('Schedule', 'The schedule in Cron format, see https://en.wikipedia.org/wiki/Cron.', ({ spec }) => spec?.schedule ?? ''),
  text(
    'Timezone',
    'The time zone name for the given schedule, see https://en.wikipedia.org/wiki/List_of_tz_database_time_zones. If not specified, this will default to the time zone of the kube-controller-manager process. The set of valid time zone names and the time zone offset is loaded from the system-wide time zone database by the API server during CronJob validation and the controller manager during execution. If no system-wide time zone database can be found a bundled version of the database is used instead. If the time zone name becomes invalid during the lifetime of a CronJob or due to a change in host configuration, the controller will stop creating new new Jobs and will create a system event with the reason UnknownTimeZone. More information can be found in https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones',
    ({ spec }) => spec?.timeZone ?? '<none>',
  ),
  boolean(
    'Suspend',
    'This flag tells the controller to suspend subsequent executions, it does not apply to already started executions.  Defaults to false.',
    ({ spec }) => (spec?.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False'),
  ),
  integer('Active', 'A list of pointers to currently running jobs.', ({ status }) => status?.active?.length ?? 0),
  text('Last Schedule', 'Information when was the last time the job was successfully scheduled.', ({ status }, { now }) =>
    status?.lastScheduleTime ? ageSince(status.lastScheduleTime, now) : '<none>',
  ),
  ageColumn,
  ...containerColumns((cronJob) => cronJob.spec?.jobTemplate?.spec?.template),
  wide(
    text(
      'Selector',
      'A label query over pods that should match the pod count. Normally, the system sets this field for you. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
      ({ spec }) => labelSelectorText(spec?.jobTemplate?.spec?.selector),
    ),
  ),
];
