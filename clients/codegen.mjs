// Makes generated/operations.ts with graphql-codegen: types of the SDL and the stored operations.
import { readdirSync, readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescript from "@graphql-codegen/typescript";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import { buildSchema, parse } from "graphql";

const contract = new URL("../graphql/", import.meta.url);
const sdl = readFileSync(new URL("schema.graphql", contract), "utf8");
const operations = new URL("operations/", contract);
const documents = readdirSync(operations)
  .filter((name) => name.endsWith(".graphql"))
  .map((name) => ({
    location: name,
    document: parse(readFileSync(new URL(name, operations), "utf8")),
  }));
const scalars = { Date: "string", DateTime: "string", Decimal: "string", JSON: "unknown" };

const text = await codegen({
  filename: "operations.ts",
  schema: parse(sdl),
  schemaAst: buildSchema(sdl),
  documents,
  config: { scalars, strictScalars: true, useTypeImports: true, enumsAsTypes: true },
  plugins: [{ typescript: {} }, { typescriptOperations: {} }, { typedDocumentNode: {} }],
  pluginMap: { typescript, typescriptOperations, typedDocumentNode },
});
const generated = new URL("generated/", import.meta.url);
mkdirSync(generated, { recursive: true });
writeFileSync(new URL("operations.ts", generated), text);
console.log(`${documents.length} files of operations, ${text.split("\n").length} lines of types`);
