// Prints each request that examples/apollo.mjs makes: method, status, and what named the document.
const { fetch, console: { log } } = globalThis;
const requests = [];
globalThis.fetch = async (address, options) => {
  const response = await fetch(address, options);
  const parameters = options.body ? JSON.parse(options.body) : Object.fromEntries(new URL(address).searchParams);
  requests.push(`${options.method} ${response.status} ${parameters.query ? "document" : "hash"}`);
  return response;
};
console.log = () => {};
await import("./examples/apollo.mjs");
log(requests.join("\n"));
