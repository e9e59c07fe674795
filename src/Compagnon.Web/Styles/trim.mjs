// Reads govuk-frontend's style sheet on standard input and keeps only the rules of the components that Compagnon uses.
import { readFileSync } from "node:fs";

const used = [
  "template", "skip-link", "link", "body", "heading", "list", "label", "hint", "fieldset", "form-group", "input", "textarea", "select",
  "radios", "checkboxes", "date-input", "error-message", "error-summary", "button", "back-link", "details", "visually-hidden", "language-navigation",
];
const kept = selector => [...selector.matchAll(/\.(govuk-[A-Za-z!\\-]+)/g)].every(([, name]) => used.some(u => name === `govuk-${u}` || name.startsWith(`govuk-${u}-`) || name.startsWith(`govuk-${u}__`)));

const blocks = css => {
  const found = [];
  for (let at = 0; at < css.length;) {
    const open = css.indexOf("{", at), end = css.indexOf(";", at);
    if (open < 0) break;
    if (end >= 0 && end < open) { found.push({ head: css.slice(at, end), body: null }); at = end + 1; continue; }
    let depth = 1, i = open + 1;
    for (; depth > 0; i++) depth += css[i] === "{" ? 1 : css[i] === "}" ? -1 : 0;
    found.push({ head: css.slice(at, open).trim(), body: css.slice(open + 1, i - 1) });
    at = i;
  }
  return found;
};
const selectors = head => {
  const parts = [];
  let depth = 0, from = 0;
  [...head].forEach((c, i) => {
    depth += c === "(" ? 1 : c === ")" ? -1 : 0;
    if (c === "," && depth === 0) { parts.push(head.slice(from, i)); from = i + 1; }
  });
  return [...parts, head.slice(from)];
};
const trim = css => blocks(css).map(({ head, body }) => {
  if (body === null) return `${head};`;
  if (/^@(media|supports)/.test(head)) { const inner = trim(body); return inner && `${head}{${inner}}`; }
  if (head.startsWith("@")) return `${head}{${body}}`;
  const left = selectors(head).filter(kept);
  return left.length && body ? `${left.join(",")}{${body}}` : "";
}).join("");

process.stdout.write(trim(readFileSync(0, "utf8").replace(/\/\*.*?\*\//gs, "")) + "\n");
