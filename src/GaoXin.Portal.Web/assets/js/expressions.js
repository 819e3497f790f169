/**
 * The conditions of service definitions in the browser: the same answers as the server's operators for what forms use.
 * Undefined for anything else: then what the server decided stays.
 */
export function holds(node, value) {
  const [name, operands] = Object.entries(node)[0] ?? [];
  if (name === "all" || name === "any") {
    const results = operands.map((operand) => holds(operand, value));
    if (results.includes(undefined)) return undefined;
    return name === "all" ? results.every(Boolean) : results.some(Boolean);
  }

  if (name === "not") {
    const result = holds(operands[0], value);
    return result === undefined ? undefined : !result;
  }

  const compare = comparisons[name];
  if (!compare) return undefined;
  const values = operands.map((operand) => evaluate(operand, value));
  return values.includes(undefined) ? undefined : compare(...values);
}

const comparisons = {
  eq: (a, b) => a !== null && same(a, b),
  ne: (a, b) => a !== null && b !== null && !same(a, b),
  in: (a, list) => a !== null && list.some((item) => same(a, item)),
  contains: (a, b) => (Array.isArray(a) ? a.some((item) => same(item, b)) : a !== null && String(a).includes(b)),
  empty: (a) => a === null,
  present: (a) => a !== null,
  gt: (a, b) => Number(a) > Number(b),
  ge: (a, b) => Number(a) >= Number(b),
  lt: (a, b) => Number(a) < Number(b),
  le: (a, b) => Number(a) <= Number(b),
};

function evaluate(node, value) {
  if (typeof node === "boolean") return node ? "yes" : "no";
  if (typeof node !== "object") return String(node);
  if ("text" in node) return node.text;
  if ("list" in node) return node.list;
  if ("fact" in node) return value(node.fact);
  return undefined;
}

/** A literal true is the answer yes. */
function same(a, b) {
  const word = (text) => (text === "true" ? "yes" : text === "false" ? "no" : String(text));
  return word(a) === word(b);
}
