// The audit suite of the GraphQL-over-HTTP specification: prints each failure, then the count.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.env.API });
const failed = results.filter(({ status }) => status !== "ok");
for (const { id, name, status, reason } of failed) console.log(status, id, name, reason);
console.log(`${results.length - failed.length} of ${results.length} audits passed`);
process.exit(failed.length ? 1 : 0);
