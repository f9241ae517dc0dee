#!/bin/sh
# The latest news: as a document, and as a stored operation that any cache can keep.
API="${API:-http://127.0.0.1:8000/graphql/}"

curl --silent --fail "$API" \
  -H 'Content-Type: application/json' \
  -H 'Accept: application/graphql-response+json' \
  -d '{"query": "{ news(locale: TH, first: 3) { nodes { title path postedOn } } }"}'

curl --silent --fail "${API}news/?locale=TH&first=3"
