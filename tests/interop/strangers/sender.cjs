// Posts forms as Twilio does, signed by twilio-node. One JSON object a line in: {token, url, form}; one out:
// {status, text}.
"use strict";

const readline = require("node:readline");
const twilio = require("twilio");

async function sent({ token, url, form }) {
  const signature = twilio.getExpectedTwilioSignature(token, url, form);
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { "X-Twilio-Signature": signature },
  });
  return { status: answer.status, text: await answer.text() };
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await sent(JSON.parse(line))));
  }
}

main();
