import { WireWriter } from '../protobuf/writer.ts';
import type { Json } from './components.ts';
import { parametersMessage, pathsMessage } from './gnostic-paths.ts';
import { schemas } from './gnostic-schema.ts';
import { message } from './gnostic-values.ts';

/** An OpenAPI 2 document in the form in which Go clients read it. */
export const gnosticDocument = ({ swagger, info, paths = {}, parameters = {}, definitions }: Json): Uint8Array =>
  message((writer) => {
    const { title, version } = info as { title: string; version: string };
    writer.string(1, swagger as string);
    const about = new WireWriter();
    about.string(1, title);
    about.string(2, version);
    writer.chunk(2, about.done());
    writer.chunk(8, pathsMessage(paths as Json));
    writer.chunk(9, schemas(definitions as Json));
    writer.chunk(10, parametersMessage(parameters as Json));
  });
