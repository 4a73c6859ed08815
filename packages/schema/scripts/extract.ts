import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseDeclaration } from './declarations.ts';
import { type Model, type RawType, scalar } from './model.ts';
import { PACKAGES, typeOfName } from './names.ts';

const require = createRequire(import.meta.url);
const folderOf = (packageName: string): string => path.dirname(require.resolve(`${packageName}/package.json`));

/** Every definition of the served packages, read as text from the declaration files. */
export function extract(): Model {
  const model: Model = new Map();
  const models = folderOf('kubernetes-models');
  for (const [folder, packageName] of Object.entries(PACKAGES)) readPackage(model, path.join(models, folder), folder, packageName);
  readPackage(model, path.join(folderOf('@kubernetes-models/apimachinery'), 'apis/meta/v1'), 'meta/v1', 'meta.v1');
  return model;
}

function readPackage(model: Model, directory: string, folder: string, packageName: string): void {
  const files = readdirSync(directory).filter((file) => file.endsWith('.d.ts') && file !== 'index.d.ts');
  for (const file of files.sort()) {
    const kind = file.slice(0, -'.d.ts'.length);
    const name = `${packageName}.${kind}`;
    const source = readFileSync(path.join(directory, file), 'utf8');
    const refs = importsOf(source, folder);
    const definition = parseDeclaration(source, `I${kind}`, (identifier) => {
      if (identifier === `I${kind}`) return typeOfName(name);
      const type = refs.get(identifier);
      if (type === undefined) throw new Error(`${name} names ${identifier}, which it does not import`);
      return type;
    });
    if (definition !== undefined) model.set(name, { name, ...definition });
  }
}

function importsOf(source: string, folder: string): Map<string, RawType> {
  const refs = new Map<string, RawType>();
  for (const [, identifier, from] of source.matchAll(/^import \{ (I\w+) \} from "([^"]+)"/gm)) {
    refs.set(identifier as string, typeOfImport((from as string).replace(/\.js$/, ''), folder));
  }
  return refs;
}

function typeOfImport(from: string, folder: string): RawType {
  const machinery = '@kubernetes-models/apimachinery/';
  if (from.startsWith(machinery))
    return typeOfName(
      from
        .slice(machinery.length)
        .replace(/^apis\//, '')
        .replaceAll('/', '.'),
    );
  const target = path.posix.join(folder, from);
  const packageName = PACKAGES[path.posix.dirname(target)];
  return packageName === undefined ? scalar('o') : typeOfName(`${packageName}.${path.posix.basename(target)}`);
}

export const swaggerPath = (): string => path.join(folderOf('@kubev2v/types'), 'src/generated/kubernetes/swagger.json');
