// A dialer written in JavaScript: clicks to call through /v1, then follows the call through Twilio's REST API
// with twilio-node. The order is one JSON object in argv: {house, key, click, rest, sid, token}; prints what it saw.
"use strict";

const twilio = require("twilio");

const order = JSON.parse(process.argv[2]);
const FINAL = ["completed", "busy", "failed", "no-answer", "canceled"];
const client = twilio(order.sid, order.token, { timeout: 10_000 });
client.api.baseUrl = order.rest;

async function clicked() {
  const answer = await fetch(`${order.house}/v1/calls`, {
    method: "POST",
    body: JSON.stringify(order.click),
    headers: { Authorization: `Bearer ${order.key}`, "Content-Type": "application/json" },
  });
  return { status: answer.status, told: await answer.json() };
}

async function followed(sid) {
  for (let tries = 0; tries < 200; tries += 1) {
    const call = await client.calls(sid).fetch();
    if (FINAL.includes(call.status)) {
      return call;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the call did not end");
}

function shown({ sid, to, from, status, direction, parentCallSid }) {
  return { sid, to, from, status, direction, parentCallSid: parentCallSid ?? null };
}

async function main() {
  const { status, told } = await clicked();
  const call = told.call_ref ? shown(await followed(told.call_ref)) : null;
  const children = call ? (await client.calls.list({ parentCallSid: call.sid })).map(shown) : [];
  const refusal = await client.calls("CA" + "f".repeat(32)).fetch().catch((error) => error);
  const missing = { status: refusal.status, code: refusal.code };
  console.log(JSON.stringify({ status, told, call, children, missing }));
}

main();
