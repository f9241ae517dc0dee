// The latest news with nothing but fetch.
const api = process.env.API ?? "http://127.0.0.1:8000/graphql/";

const response = await fetch(api, {
  method: "POST",
  headers: {
    "Content-Type": "application/json",
    Accept: "application/graphql-response+json",
    "Accept-Language": "th", // of error messages; the content's language is an argument
  },
  body: JSON.stringify({
    query: `query News($locale: Locale!) {
      news(locale: $locale, first: 3) { nodes { title path postedOn } }
    }`,
    variables: { locale: "TH" },
  }),
});
const { data, errors } = await response.json();
if (errors) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`);
for (const news of data.news.nodes) console.log(news.title, new URL(news.path, api).href);
