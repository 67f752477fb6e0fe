// A stranger's receiver: takes notices, and believes only what the official library verifies.
// node receiver.cjs SECRET; prints {"port"} once it listens, then one JSON line for each request.
"use strict";

const http = require("node:http");
const { Webhook } = require("standardwebhooks");

const webhook = new Webhook(process.argv[2]);

function judged(request, body) {
  try {
    return { verified: true, event: webhook.verify(body, request.headers) ?? null };
  } catch (refusal) {
    return { verified: false, why: refusal.message };
  }
}

function take(request, response) {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    const seen = judged(request, Buffer.concat(pieces).toString("utf8"));
    const told = { method: request.method, path: request.url, id: request.headers["webhook-id"], ...seen };
    console.log(JSON.stringify(told));
    response.writeHead(seen.verified ? 204 : 401).end();
  });
}

const server = http.createServer(take);
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
