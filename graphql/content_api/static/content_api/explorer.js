// Starts GraphiQL on the API's own SDL, with the stored operations in a panel beside it.
"use strict";

(async () => {
  const main = document.getElementById("graphiql");
  const { endpoint, schema, title, hint } = main.dataset;
  const operations = JSON.parse(document.getElementById("operations").textContent);
  const h = React.createElement;

  const icon = () =>
    h("svg", { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", strokeWidth: 1.5 },
      h("path", { d: "M4 6h2M4 12h2M4 18h2M9 6h11M9 12h11M9 18h11" }));

  function Operations() {
    const { addTab, queryEditor, variableEditor } = GraphiQL.React.useEditorContext();
    const open = (operation) => () => {
      addTab();
      // React empties the editors for the new tab when this handler has ended.
      setTimeout(() => {
        queryEditor.setValue(operation.query);
        variableEditor.setValue(JSON.stringify(operation.variables, null, 2));
      });
    };
    return h("section", { className: "explorer" },
      h("h2", null, title),
      h("p", null, hint),
      h("ul", null, operations.map((operation) =>
        h("li", { key: operation.name },
          h("button", { type: "button", onClick: open(operation) }, operation.name)))));
  }

  // The SDL rather than introspection: it is smaller, and there where introspection is off.
  const sdl = await (await fetch(schema)).text();
  const plugin = { title, icon, content: Operations };
  const first = operations.find(({ name }) => name === "news") || operations[0];
  const asked = new URLSearchParams(location.search);
  const isFirstVisit = !localStorage.getItem("graphiql:tabState");
  const given = (name, example) => asked.get(name) || (isFirstVisit ? example : undefined);
  main.classList.add("running");
  ReactDOM.render(
    h(GraphiQL, {
      fetcher: GraphiQL.createFetcher({ url: endpoint }),
      schema: GraphiQL.GraphQL.buildSchema(sdl),
      plugins: [plugin],
      visiblePlugin: innerWidth > 900 ? plugin : undefined,
      query: given("query", first.query),
      variables: given("variables", JSON.stringify(first.variables, null, 2)),
      shouldPersistHeaders: false,
    }),
    main,
  );
})();
