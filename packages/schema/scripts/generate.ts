import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from './check.ts';
import { applyDelta } from './delta.ts';
import { docsModule } from './emitDocs.ts';
import { type FieldNumbers, protobufModule } from './emitProtobuf.ts';
import { structureModule } from './emitStructure.ts';
import { typeModules } from './emitTypes.ts';
import { addMetrics } from './extra.ts';
import { extract } from './extract.ts';
import { applyGoTypes } from './goTypes.ts';
import type { Model } from './model.ts';
import { numberFormats, overlay } from './overlay.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = path.join(root, 'generated');

/** Every served definition, complete. */
function buildModel(fieldNumbers: FieldNumbers): Model {
  const model = extract();
  overlay(model);
  numberFormats(model, fieldNumbers);
  applyDelta(model);
  applyGoTypes(model);
  addMetrics(model);
  check(model);
  return model;
}

/** Leaves alone what is already right, so that whoever is reading it meanwhile is not disturbed. */
function write(file: string, text: string): void {
  const target = path.join(out, file);
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return;
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function generate(): void {
  const fieldNumbers = JSON.parse(readFileSync(path.join(root, 'data/protobuf-field-numbers.json'), 'utf8')) as FieldNumbers;
  const model = buildModel(fieldNumbers);
  const structure = structureModule(model);
  write('structure.ts', structure);
  write('docs.ts', docsModule(model, structure));
  write('protobuf.ts', protobufModule(model, fieldNumbers));
  for (const [packageName, text] of typeModules(model)) write(`types/${packageName}.ts`, text);
}

generate();
