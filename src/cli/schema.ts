import { jsonSchemaOf, SCHEMA_NAMES } from '../report/schemas.ts';
import { oneOf, type Command } from './command.ts';
import { Failure } from './failure.ts';

export const schema: Command = {
  name: 'schema',
  summary: 'Print the JSON Schema of an output or of the configuration.',
  usage: `schema ${SCHEMA_NAMES.join('|')}`,
  example: 'mlarch schema config > mlarch.config.schema.json',
  options: {},
  async run({ positionals }) {
    const [name] = positionals;
    if (name === undefined) throw new Failure(`Which schema? One of ${SCHEMA_NAMES.join(', ')}.`);
    process.stdout.write(`${JSON.stringify(jsonSchemaOf(oneOf('schema', name, SCHEMA_NAMES, 'check')), undefined, 2)}\n`);
    return 0;
  },
};
