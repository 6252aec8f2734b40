// node compile-ajv.js SCHEMA > VALIDATOR: the validator that ajv makes of the schema of a posted action, as a program of its own.
//
// ajv's discriminator must be a member of every branch, and a package has none: what has an `actionType` is told apart by it, the
// rest is a package. That is the same set of bodies, since a package must not have the member, and ajv's best case.
'use strict';
const { readFileSync } = require('node:fs');
const Ajv = require('ajv/dist/2020').default;
const standalone = require('ajv/dist/standalone').default;

const schema = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const branches = schema.$defs.ActionRequest.oneOf;
const hasType = { required: ['actionType'] };
const isTyped = ({ $ref }) => schema.$defs[$ref.split('/').pop()].required.includes('actionType');
schema.$defs.ActionRequest = {
  if: hasType,
  then: { type: 'object', ...hasType, discriminator: { propertyName: 'actionType' }, oneOf: branches.filter(isTyped) },
  else: branches.find((branch) => !isTyped(branch)),
};
const ajv = new Ajv({ discriminator: true, strict: false, code: { source: true } });
process.stdout.write(standalone(ajv, ajv.compile(schema)));
