import { type Functions, functionsOf } from '../overload.ts';
import { AUTHORIZER } from './authorizer.ts';
import { CONVERSIONS } from './conversions.ts';
import { FORMATTING } from './formats.ts';
import { JSON_PATCH } from './json-patch.ts';
import { LISTS, OPTIONALS, SETS } from './lists.ts';
import { MATH } from './math.ts';
import { NET } from './net.ts';
import { OPERATORS } from './operators.ts';
import { QUANTITY } from './quantity.ts';
import { SEMVER } from './semver.ts';
import { REGEX, STRINGS } from './strings.ts';
import { TIMES } from './times.ts';
import { URLS } from './url.ts';

/** Every function of an expression. Models baseOpts of k8s.io/apiserver/pkg/cel/environment/base.go. */
export const FUNCTIONS: Functions = functionsOf(
  ...OPERATORS,
  CONVERSIONS,
  TIMES,
  STRINGS,
  REGEX,
  LISTS,
  SETS,
  OPTIONALS,
  ...MATH,
  QUANTITY,
  NET,
  URLS,
  SEMVER,
  FORMATTING,
  AUTHORIZER,
  JSON_PATCH,
);
