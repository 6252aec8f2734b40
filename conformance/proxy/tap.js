// A tap between a client and a server: passes bytes on as they are, keeps them, and reads the exchanges out of them.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";

export class Tap {
  #connections = [];
  // Counts what comes in all taps, so that requests of several connections have an order.
  #count = 0;
  #sockets = new Set();
  #server;

  /** Listens at a port of its own, and passes on to this one. */
  static async to(port) {
    const tap = new Tap();
    tap.#server = createServer({ allowHalfOpen: true }, (client) => tap.#join(client, connect({ port, host: "127.0.0.1", allowHalfOpen: true })));
    tap.#server.listen(0, "127.0.0.1");
    await once(tap.#server, "listening");
    return tap;
  }

  get port() {
    return this.#server.address().port;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  #join(client, server) {
    const connection = { requests: new Bytes(), responses: new Bytes() };
    this.#connections.push(connection);
    for (const [from, to, bytes] of [
      [client, server, connection.requests],
      [server, client, connection.responses],
    ]) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on("data", (chunk) => bytes.add(chunk, this.#count++));
      // What is cut on one side is cut on the other.
      from.on("error", () => to.destroy());
      from.on("close", () => this.#sockets.delete(from));
      from.pipe(to);
    }
  }

  /** The exchanges so far, in the order in which their requests came. */
  exchanges() {
    const all = this.#connections.flatMap(({ requests, responses }) => {
      const asked = messages(requests);
      const answered = messages(responses, asked.map(({ start }) => start.split(" ")[0]));
      return asked.map((request, index) => ({ request, response: answered[index] }));
    });
    return all.sort((a, b) => a.request.order - b.request.order);
  }

  close() {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** What came in one direction. */
class Bytes {
  #chunks = [];
  #starts = [];
  #length = 0;

  add(chunk, order) {
    this.#chunks.push(chunk);
    this.#starts.push([this.#length, order]);
    this.#length += chunk.length;
  }

  all() {
    return Buffer.concat(this.#chunks);
  }

  /** When the byte at an offset came. */
  order(at) {
    return this.#starts.findLast(([start]) => start <= at)[1];
  }
}

/** The messages of one direction; for responses, with the methods of their requests. */
function messages(bytes, methods) {
  const text = bytes.all();
  const found = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\r\n\r\n", at);
    assert(end >= 0, `a head without an end: ${text.subarray(at, at + 200).toString("latin1")}`);
    // Fields have bytes, for which latin1 has a character each.
    const [start, ...lines] = text.subarray(at, end).toString("latin1").split("\r\n");
    const fields = lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
    const order = bytes.order(at);
    const status = methods === undefined ? undefined : Number(start.split(" ")[1]);
    const isInterim = status !== undefined && status < 200;
    const isEmpty = status !== undefined && (isInterim || [204, 304].includes(status) || methods[found.length] === "HEAD");
    const [body, next] = isEmpty ? [Buffer.alloc(0), end + 4] : content(text, end + 4, fields, methods !== undefined);
    if (!isInterim) found.push({ start, status, fields, body, order });
    at = next;
  }
  return found;
}

/** A body, and where it ends. */
function content(text, at, fields, mayEndByClosing) {
  if (field(fields, "transfer-encoding") === "chunked") {
    const pieces = [];
    for (;;) {
      const line = text.indexOf("\r\n", at);
      const size = Number.parseInt(text.subarray(at, line).toString("latin1"), 16);
      assert(line >= 0 && Number.isInteger(size), "a chunk without a size");
      if (size === 0) {
        // Trailers, and an empty line.
        const end = text.indexOf("\r\n\r\n", line);
        assert(end >= 0, "chunks without an end");
        return [Buffer.concat(pieces), end + 4];
      }
      pieces.push(text.subarray(line + 2, line + 2 + size));
      at = line + 2 + size + 2;
    }
  }
  const length = field(fields, "content-length");
  const end = length !== undefined ? at + Number(length) : mayEndByClosing ? text.length : at;
  assert(end <= text.length, "a body that is cut");
  return [text.subarray(at, end), end];
}

export function field(fields, name) {
  return fields.find(([other]) => other.toLowerCase() === name)?.[1];
}
