// What a front end with Relay would ask: a list that grows, and a card for each of its rows.
import { graphql } from "relay-runtime";

export const query = graphql`
  query NewsListQuery($locale: Locale!) {
    ...NewsList_news @arguments(locale: $locale)
    navigation(locale: $locale) {
      title
      path
    }
  }
`;

export const list = graphql`
  fragment NewsList_news on Query
  @refetchable(queryName: "NewsListMoreQuery")
  @argumentDefinitions(
    locale: { type: "Locale!" }
    first: { type: "Int", defaultValue: 10 }
    after: { type: "String" }
  ) {
    news(locale: $locale, first: $first, after: $after) @connection(key: "NewsList_news") {
      totalCount
      edges {
        node {
          ...NewsList_card
        }
      }
    }
  }
`;

export const card = graphql`
  fragment NewsList_card on NewsPage {
    title
    path
    postedOn
    summary
  }
`;
