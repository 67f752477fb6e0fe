// Writes TwiML with twilio-node's own builder. One document a line in, as a tree {name, attributes, children};
// a child is such a tree or a text. One line out: {twiml}, or {error} when the builder knows no such verb there.
"use strict";

const readline = require("node:readline");
const twilio = require("twilio");

function method(name) {
  return name[0].toLowerCase() + name.slice(1);
}

function write(parent, { name, attributes, children }) {
  const add = parent[method(name)];
  if (typeof add !== "function") {
    throw new Error(`twilio-node has no <${name}> there`);
  }
  const words = children.filter((child) => typeof child === "string").join("");
  const verb = words ? add.call(parent, attributes, words) : add.call(parent, attributes);
  children.filter((child) => typeof child !== "string").forEach((child) => write(verb, child));
}

function written(tree) {
  const response = new twilio.twiml.VoiceResponse();
  tree.children.forEach((child) => write(response, child));
  return response.toString();
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    try {
      console.log(JSON.stringify({ twiml: written(JSON.parse(line)) }));
    } catch (fault) {
      console.log(JSON.stringify({ error: fault.message }));
    }
  }
}

main();
