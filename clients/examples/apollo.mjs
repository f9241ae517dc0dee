// Apollo Client with automatic persisted queries: the second time a hash alone goes, by GET.
import { createHash } from "node:crypto";
import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";

const uri = process.env.API ?? "http://127.0.0.1:8000/graphql/";
const persisted = new PersistedQueryLink({
  sha256: (text) => createHash("sha256").update(text).digest("hex"), // crypto.subtle in browsers
  useGETForHashedQueries: true,
});
const client = new ApolloClient({
  cache: new InMemoryCache(),
  link: persisted.concat(new HttpLink({ uri })),
});

const { data } = await client.query({
  query: gql`
    query LatestNews($locale: Locale!) {
      news(locale: $locale, first: 3) {
        nodes {
          id
          title
          path
        }
      }
    }
  `,
  variables: { locale: "TH" },
});
for (const news of data.news.nodes) console.log(news.title, news.path);
