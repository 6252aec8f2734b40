// node ajv.js VALIDATOR FILE: reads a body on each line and validates it with what compile-ajv.js made. Prints how many bodies are
// invalid.
'use strict';
const { isUtf8 } = require('node:buffer');
const { openSync, readSync } = require('node:fs');
const { resolve } = require('node:path');

const validate = require(resolve(process.argv[2]));
const file = openSync(process.argv[3]);
const chunk = Buffer.alloc(1 << 20);
let invalid = 0;
let rest = Buffer.alloc(0);
for (let length; (length = readSync(file, chunk)) > 0; ) {
  const text = Buffer.concat([rest, chunk.subarray(0, length)]);
  let start = 0;
  for (let end; (end = text.indexOf(10, start)) >= 0; start = end + 1) judge(text.subarray(start, end));
  rest = text.subarray(start);
}
if (rest.length > 0) judge(rest);
console.log(invalid);

function judge(line) {
  try {
    if (isUtf8(line) && validate(JSON.parse(line.toString('utf8')))) return;
  } catch {
    // Not JSON.
  }
  invalid += 1;
}
