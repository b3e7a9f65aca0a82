// A table whose columns sort. A column is {name, of: row -> value, show: (value, row) -> text or element, long}.
function makeTable(columns, rows) {
  const table = make("table");
  const head = make("tr");
  const body = make("tbody");
  let sorted = { column: null, down: true };
  for (const column of columns) {
    const cell = make("th");
    cell.scope = "col";
    const button = make("button", "", column.name);
    button.type = "button";
    button.addEventListener("click", () => sortBy(column, cell));
    cell.append(button);
    head.append(cell);
  }
  function sortBy(column, cell) {
    sorted = { column, down: sorted.column === column ? !sorted.down : true };
    for (const each of head.children) each.removeAttribute("aria-sort");
    cell.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
    fill([...rows].sort((one, other) => (sorted.down ? -1 : 1) * compare(column.of(one), column.of(other))));
  }
  function fill(shown) {
    body.replaceChildren(...shown.map(row => {
      const line = make("tr");
      for (const column of columns) {
        const value = column.of(row);
        const cell = make("td", typeof value === "number" ? "number" : column.long ? "long" : "");
        const content = column.show ? column.show(value, row) : value ?? NEVER;
        cell.append(typeof content === "number" ? content.toLocaleString("en") : content);
        if (typeof content === "string") cell.dir = "auto";
        line.append(cell);
      }
      return line;
    }));
  }
  fill(rows);
  const top = make("thead");
  top.append(head);
  table.append(top, body);
  return table;
}

function compare(one, other) {
  if (one === null || one === undefined) return other === null || other === undefined ? 0 : -1;
  if (other === null || other === undefined) return 1;
  return typeof one === "number" ? one - other : String(one).localeCompare(String(other));
}
