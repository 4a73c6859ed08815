import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';
import { deprecatedLabel } from '../../shared/podspec/warnings/node-labels.ts';

/** Models GetWarningsForStorageClass in pkg/api/storage/util.go. */
export const warnings = ({ allowedTopologies }: KubeObject): string[] =>
  ((allowedTopologies ?? []) as Part[]).flatMap(({ matchLabelExpressions }, i) =>
    ((matchLabelExpressions ?? []) as Part[]).flatMap(({ key }, n) => {
      const why = deprecatedLabel(key);
      return why === undefined ? [] : [`allowedTopologies[${i}].matchLabelExpressions[${n}].key: ${why}`];
    }),
  );
