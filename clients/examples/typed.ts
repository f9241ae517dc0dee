// A typed call of a stored operation: the answer has the types that graphql-codegen made.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { NewsDocument } from "../generated/operations.js";

async function ask<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch("/graphql/", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

export async function titles(): Promise<string[]> {
  const { news } = await ask(NewsDocument, { locale: "TH", first: 3 });
  return news.nodes.map((page) => page.title);
}
