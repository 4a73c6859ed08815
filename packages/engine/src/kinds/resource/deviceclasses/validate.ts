import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid } from '../../../machinery/field.ts';
import { CONFIGS_MAX, validateDeviceConfig } from '../../rules/devices/config.ts';
import { validateList } from '../../rules/devices/lists.ts';
import { validateSelectors } from '../../rules/devices/selectors.ts';
import type { Part } from '../../shared/fields.ts';
import { isExtendedResource } from '../../shared/resources.ts';

// Models validateDeviceClassSpec in pkg/apis/resource/validation/validation.go.
export function validate({ spec }: KubeObject): FieldError[] {
  const name: string | undefined = spec.extendedResourceName;
  const path = 'spec.extendedResourceName';
  return [
    ...validateSelectors(spec.selectors, 'spec.selectors'),
    ...validateList(spec.config as Part[] | undefined, CONFIGS_MAX, 'spec.config', validateDeviceConfig),
    ...(name === undefined || isExtendedResource(name) ? [] : [invalid(path, name, 'must be a valid extended resource name')]),
  ];
}
