// express-openapi-validator, with the document: every body goes through a server, as a request or as its answer.
import { once } from "node:events";
import express from "express";
import { middleware } from "express-openapi-validator";
import { bodies, say, spec } from "./bodies.js";

const GROUP = "/v1/groups/g/actions";
const CALLS = {
  "list-actions.response": ["GET", `${GROUP}?actionType=job`, 200],
  "post-action.request": ["POST", GROUP],
  "post-action.response": ["POST", GROUP, 200, { id: "i", actionBody: {} }],
  "get-action.response": ["GET", `${GROUP}/a`, 200],
  "respond-to-action.request": ["POST", `${GROUP}/a/responses`],
  "respond-to-action.response": ["POST", `${GROUP}/a/responses`, 200, { id: "i", actionBody: { Answers: [] } }],
  "error.response": ["GET", `${GROUP}/a`, 400],
};

/** What the server is to answer; a request that is accepted gets an empty 202, which the document does not describe. */
let answer;
let fault;

const app = express();
app.use(express.json({ strict: false }));
app.use(
  middleware({
    apiSpec: spec,
    // Anything goes for a token.
    validateSecurity: { handlers: { accessToken: () => true } },
    validateResponses: { onError: (error) => { fault = error; } },
    // It is the contract's `pattern` that refuses a date (D-32).
    validateFormats: false,
  }),
);
app.use((_request, response) => {
  if (answer === undefined) response.writeHead(202).end();
  else response.status(answer.status).json(answer.body);
});
app.use((error, _request, response, _next) => {
  fault = error;
  response.writeHead(500).end();
});

const server = app.listen(0, "127.0.0.1");
await once(server, "listening");
const base = `http://127.0.0.1:${server.address().port}`;
for (const { body, kind, value } of bodies()) {
  const [method, path, status, request] = CALLS[kind];
  answer = status === undefined ? undefined : { status, body: value };
  fault = undefined;
  const sent = status === undefined ? value : request;
  await fetch(base + path, {
    method,
    headers: { accessToken: "t", "content-type": "application/json" },
    ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
  });
  say("express-openapi-validator", body, fault?.message);
}
server.close();
server.closeAllConnections();
