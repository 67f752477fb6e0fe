// An application written with twilio-node: every webhook must pass its validator, every answer is its own TwiML.
// node application.cjs AUTH_TOKEN; prints {"port"} once it listens, then one JSON line for each request.
"use strict";

const http = require("node:http");
const twilio = require("twilio");

const token = process.argv[2];

function answer(path, form) {
  const reply = new twilio.twiml.VoiceResponse();
  if (path === "/twilio/voice/outgoing") {
    const dial = reply.dial({ callerId: "+442079460100", action: `${base()}/dialled` });
    const events = ["initiated", "ringing", "answered", "completed"];
    dial.number({ url: `${base()}/whisper`, statusCallback: `${base()}/status`, statusCallbackEvent: events }, form.To);
  } else if (path === "/whisper") {
    const gather = reply.gather({ input: ["dtmf", "speech"], numDigits: 1, action: `${base()}/heard?n=1` });
    gather.say({ language: "en-GB" }, "Press 9 & we stop – or say so, <any time>");
  } else if (path === "/dialled" || path === "/heard") {
    reply.hangup();
  }
  return reply.toString();
}

function base() {
  return `http://127.0.0.1:${server.address().port}`;
}

function take(request, response) {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString("utf8")));
    const url = new URL(request.url, base());
    const signature = request.headers["x-twilio-signature"] ?? "";
    const valid = twilio.validateRequest(token, signature, base() + request.url, form);
    console.log(JSON.stringify({ path: url.pathname, query: url.search, valid, form }));
    response.writeHead(valid ? 200 : 403, { "Content-Type": "text/xml" });
    response.end(valid ? answer(url.pathname, form) : "");
  });
}

const server = http.createServer(take);
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
