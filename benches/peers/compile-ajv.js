// node compile-ajv.js SCHEMA > VALIDATOR: the validator that ajv makes of the schema of a posted action, as a program of its own.
//
// The schema has a condition for each type of action. ajv is faster with a discriminator, which means the same: the types are as they
// were, and what has none is a package.
'use strict';
const { readFileSync } = require('node:fs');
const Ajv = require('ajv/dist/2020').default;
const standalone = require('ajv/dist/standalone').default;

const schema = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const branches = schema.then.allOf.map((condition) => condition.then);
schema.then = { type: 'object', required: ['actionType'], discriminator: { propertyName: 'actionType' }, oneOf: branches };
const ajv = new Ajv({ discriminator: true, strict: false, code: { source: true } });
process.stdout.write(standalone(ajv, ajv.compile(schema)));
