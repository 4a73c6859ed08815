import { hexOf } from '../../core/chance.ts';
import type { Actions } from '../discovery/resources.ts';
import type { Json } from './components.ts';
import { toV2 } from './definitions.ts';
import { pathsOf, type Target } from './operations.ts';

const OBJECT_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const ANY_TYPE = ['*/*'];
const UNAUTHORIZED = { 401: { description: 'Unauthorized' } };

/** The paths of a cluster in the words of OpenAPI 2, and the parameters that they share. */
export class OldPaths {
  readonly paths: Json = {};
  readonly parameters: Json = {};
  private readonly references = new Map<unknown, Json>();

  constructor(private readonly actions: Actions) {}

  add(target: Target): void {
    for (const [address, item] of Object.entries(pathsOf(target, this.actions))) {
      const { parameters, ...operations } = item as { parameters: Json[] } & Record<string, Json>;
      const made: Json = {};
      for (const [method, operation] of Object.entries(operations)) made[method] = this.operation(operation);
      this.paths[address] = { ...made, parameters: this.shared(parameters) };
    }
  }

  private operation({ requestBody, responses, parameters, description, ...rest }: Json): Json {
    const body = requestBody as { content: Record<string, { schema: Json }> } | undefined;
    const types = Object.keys(body?.content ?? {});
    const schema = body?.content[types[0] as string]?.schema;
    return {
      description,
      ...rest,
      consumes: rest['x-kubernetes-action'] === 'patch' ? types : ANY_TYPE,
      produces: OBJECT_TYPES,
      schemes: ['https'],
      parameters: [
        ...(schema ? [{ name: 'body', in: 'body', required: true, schema: toV2(schema) }] : []),
        ...this.shared((parameters as Json[] | undefined) ?? []),
      ],
      responses: { ...answers(responses as Json), ...UNAUTHORIZED },
    };
  }

  /** Each parameter is said once, and referred to by a name that says what it is. */
  private shared(parameters: readonly Json[]): Json[] {
    return parameters.map((parameter) => {
      const known = this.references.get(parameter);
      if (known) return known;
      const { schema, ...rest } = parameter;
      const made = { ...rest, ...(schema as Json) };
      const name = `${parameter.name}-${hexOf(JSON.stringify(made), 4)}`;
      this.parameters[name] = made;
      const reference = { $ref: `#/parameters/${name}` };
      this.references.set(parameter, reference);
      return reference;
    });
  }
}

const answers = (responses: Json): Json =>
  Object.fromEntries(
    Object.entries(responses).map(([code, response]) => {
      const { description, content } = response as { description: string; content?: Record<string, { schema: Json }> };
      const schema = content?.['application/json']?.schema;
      return [code, { description, ...(schema ? { schema: toV2(schema) } : {}) }];
    }),
  );
