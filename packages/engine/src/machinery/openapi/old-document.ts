import type { Actions } from '../discovery/resources.ts';
import type { KindDefinition } from '../kind.ts';
import { VERSION } from '../version.ts';
import { Components, type Json } from './components.ts';
import { mapped } from './definitions.ts';
import { targetOf } from './document.ts';
import { OldPaths } from './old-paths.ts';

const BEARER = { description: 'Bearer Token authentication', in: 'header', name: 'authorization', type: 'apiKey' };

/** The OpenAPI 2 document of a cluster, for clients from before version 3 and for those who generate code. */
export function oldDocument(kinds: readonly KindDefinition[], actions: Actions): Json {
  const components = new Components();
  const addresses = new OldPaths(actions);
  for (const kind of kinds) addresses.add(targetOf(kind, components));
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: VERSION.gitVersion },
    paths: addresses.paths,
    parameters: addresses.parameters,
    definitions: mapped(components.schemas),
    securityDefinitions: { BearerToken: BEARER },
    security: [{ BearerToken: [] }],
  };
}
