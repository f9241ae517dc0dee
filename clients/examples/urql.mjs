// urql, which sends short documents by GET.
import { Client, cacheExchange, fetchExchange, gql } from "@urql/core";

const client = new Client({
  url: process.env.API ?? "http://127.0.0.1:8000/graphql/",
  exchanges: [cacheExchange, fetchExchange],
  preferGetMethod: true,
});

const { data, error } = await client.query(
  gql`
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
  { locale: "TH" },
);
if (error) throw error;
for (const news of data.news.nodes) console.log(news.title, news.path);
