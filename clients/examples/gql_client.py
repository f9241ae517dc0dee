"""The latest news with gql: `pip install "gql[requests]"`."""

import os

from gql import Client, gql
from gql.transport.requests import RequestsHTTPTransport

API = os.environ.get("API", "http://127.0.0.1:8000/graphql/")
client = Client(transport=RequestsHTTPTransport(url=API), fetch_schema_from_transport=True)

news = gql(
    """
    query LatestNews($locale: Locale!) {
      news(locale: $locale, first: 3) { nodes { title path postedOn } }
    }
    """
)
news.variable_values = {"locale": "TH"}
for item in client.execute(news)["news"]["nodes"]:
    print(item["title"], item["path"])
