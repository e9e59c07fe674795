// What a machine can see of a page, each function one point of the interface's list; gives sentences, none when all is well.
self.look = (() => {
  "use strict";
  const all = s => [...document.querySelectorAll(s)];
  const name = e => `${e.localName}${e.id ? "#" + e.id : ""}${e.classList[0] ? "." + e.classList[0] : ""} "${(e.textContent || e.value || "").trim().replace(/\s+/g, " ").slice(0, 40)}"`;
  // heads of columns that a phone only reads aloud: each cell shows its own
  const spoken = e => e && getComputedStyle(e).clip === "rect(0px, 0px, 0px, 0px)";
  const shown = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0 && !e.closest(".govuk-visually-hidden, .govuk-skip-link") && !spoken(e.closest("thead"));
  const focusable = () => all("a[href], button, input:not([type=hidden]), select, textarea, summary").filter(e => !e.disabled && shown(e) && !e.classList.contains("govuk-skip-link"));
  const texts = function* () {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.data.trim() && shown(walker.currentNode.parentElement)) yield walker.currentNode;
  };
  // the whole card of a person is the target, not its circle alone
  const boxOf = e => e.closest(".cg-person--choice")?.getBoundingClientRect() ?? (e.type === "radio" || e.type === "checkbox" ? union([e, ...(e.labels ?? [])]) : e.getBoundingClientRect());
  const union = es => {
    const rs = es.map(e => e.getBoundingClientRect()), left = Math.min(...rs.map(r => r.left)), top = Math.min(...rs.map(r => r.top));
    return new DOMRect(left, top, Math.max(...rs.map(r => r.right)) - left, Math.max(...rs.map(r => r.bottom)) - top);
  };
  const rules = text => { const s = new CSSStyleSheet(); s.replaceSync(text); document.adoptedStyleSheets = text ? [s] : []; };

  // text that its box cuts off, or that leaves the window
  const clipped = how => {
    const out = [], width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) out.push(`${how}: scrolls sideways, ${document.documentElement.scrollWidth} > ${width}`);
    for (const node of texts()) {
      const range = document.createRange(); range.selectNodeContents(node);
      const r = range.getBoundingClientRect(), box = node.parentElement.closest("*");
      if (r.width < 2 || r.height < 2) continue;
      for (let e = box; e && e !== document.body; e = e.parentElement) {
        const style = getComputedStyle(e), b = e.getBoundingClientRect();
        if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
        if (r.right > b.right + 2 || r.bottom > b.bottom + 2 || r.left < b.left - 2 || r.top < b.top - 2) out.push(`${how}: cut off in ${name(e)}`);
      }
      const held = node.parentElement.closest(".govuk-button, .govuk-tag, .cg-chip, .cg-count, th, td");
      if (held && !held.closest(".govuk-visually-hidden")) {
        const b = held.getBoundingClientRect();
        if (r.right > b.right + 2 || r.bottom > b.bottom + 4 || r.left < b.left - 2 || r.top < b.top - 4) out.push(`${how}: runs out of ${name(held)}`);
      }
      if (r.right > width + 2) out.push(`${how}: runs out of the window: ${node.data.trim().slice(0, 40)}`);
    }
    for (const e of all("select, input:not([type=hidden]):not([type=radio]):not([type=checkbox])").filter(shown))
      if (e.clientHeight < parseFloat(getComputedStyle(e).fontSize) * 1.15) out.push(`${how}: too low for its text: ${name(e)}`);
    return out;
  };

  return {
    structure() {
      const out = [], levels = all("h1, h2, h3, h4, h5, h6").filter(e => e.checkVisibility() && !e.closest(".govuk-error-summary")).map(e => Number(e.localName[1]));
      levels.forEach((l, i) => { if (i && l > levels[i - 1] + 1) out.push(`headings: h${levels[i - 1]} then h${l}`); });
      if (levels[0] !== 1 || levels.filter(l => l === 1).length !== 1) out.push(`headings: ${levels}`);
      for (const f of all("fieldset")) if (!f.querySelector("legend")?.textContent.trim()) out.push(`a group without a legend: ${name(f)}`);
      for (const r of all("input[type=radio]")) if (!r.closest("fieldset, [role=radiogroup], [role=group]")) out.push(`a choice outside a group: ${name(r)}`);
      for (const c of all("input:not([type=hidden]), select, textarea")) if (!c.labels?.length && !c.getAttribute("aria-label") && !c.getAttribute("aria-labelledby")) out.push(`without a label: ${c.name}`);
      for (const l of all("[lang]")) if (!/^(fr|en)(-CA)?$|^[a-z]{2,3}$/.test(l.lang)) out.push(`lang ${l.lang}`);
      if (!document.querySelector(".cg-footer__phone a[href^='tel:']")) out.push("no telephone where help stands");
      for (const a of all("a[target=_blank]")) out.push(`opens another window: ${name(a)}`);
      return out;
    },
    fields() {
      const out = [];
      for (const e of all("input:not([type=hidden]), textarea")) {
        const n = (e.name ?? "").split(".").pop();
        if ((/Telephone$/.test(n) || e.type === "tel") && (e.type !== "tel" || !e.autocomplete)) out.push(`telephone without type or autocomplete: ${e.name}`);
        if ((/Email$/.test(n) || e.type === "email") && (e.type !== "email" || !e.autocomplete)) out.push(`e-mail without type or autocomplete: ${e.name}`);
        if (/(^|[a-z])(Day|Year|Minutes|Hours|Capacity|Weight|Age|Days)$/.test(n) && e.type !== "radio" && e.type !== "checkbox" && e.inputMode !== "numeric" && e.inputMode !== "decimal") out.push(`number without inputmode: ${e.name}`);
        if (e.type === "password" && !/^(current|new)-password$/.test(e.autocomplete)) out.push(`password without autocomplete: ${e.name}`);
        if (/^Code$/.test(n) && e.autocomplete !== "one-time-code") out.push(`code without autocomplete: ${e.name}`);
        if (/GivenName$|FamilyName$|FirstName$/.test(n) && !e.autocomplete) out.push(`name without autocomplete: ${e.name}`);
        if (e.onpaste || e.hasAttribute("onpaste")) out.push(`paste is listened to: ${e.name}`);
      }
      return out;
    },
    targets() {
      const out = [], small = [], targets = focusable().map(e => [e, boxOf(e)]);
      for (const [e, r] of targets) {
        const main = e.matches(".govuk-button:not(.cg-button--s), .govuk-input, .govuk-select, .govuk-textarea, .govuk-radios__input, .govuk-checkboxes__input");
        if (main && r.height < 47.5) out.push(`main target ${Math.round(r.width)} × ${Math.round(r.height)}: ${name(e)}`);
        const inText = e.localName === "a" && getComputedStyle(e).display === "inline" && [...(e.closest("p, li, dd, td, dt, h1, h2, h3, figcaption, label, legend, div")?.childNodes ?? [])].some(n => n !== e && !n.contains(e) && n.textContent.trim());
        if (!inText && (r.width < 23.5 || r.height < 23.5)) small.push([e, r]);
      }
      // smaller is allowed where a circle of 24 px around it meets no other target
      for (const [e, r] of small) {
        const x = r.left + r.width / 2, y = r.top + r.height / 2;
        const near = targets.find(([o, q]) => o !== e && !o.contains(e) && !e.contains(o) && Math.hypot(Math.max(q.left - x, 0, x - q.right), Math.max(q.top - y, 0, y - q.bottom)) < 12);
        if (near) out.push(`target ${Math.round(r.width)} × ${Math.round(r.height)} beside another: ${name(e)}`);
      }
      return out;
    },
    clipped: () => clipped("as it is"),
    large() {
      rules("html { font-size: 200% !important }");
      try { return clipped("text at 200 %"); } finally { rules(""); }
    },
    spaced() {
      rules("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
      try { return clipped("text spaced"); } finally { rules(""); }
    },
    // each in turn takes the focus: it shows, and nothing that stays in place lies over it
    focus() {
      const out = [];
      for (const e of focusable()) {
        e.blur?.();
        const marks = x => { const s = [getComputedStyle(x), ...(x.labels?.length ? [getComputedStyle(x.labels[0], "::before")] : [])]; return s.map(c => [c.outlineStyle, c.outlineWidth, c.outlineColor, c.boxShadow, c.backgroundColor, c.borderColor].join()).join(); };
        const before = marks(e);
        e.focus({ focusVisible: true });
        if (document.activeElement !== e) { out.push(`takes no focus: ${name(e)}`); continue; }
        if (marks(e) === before) out.push(`focus does not show: ${name(e)}`);
        const r = boxOf(e), x = r.left + r.width / 2, y = r.top + Math.min(r.height / 2, 40);
        if (y < 0 || y > innerHeight) { out.push(`focus outside the window: ${name(e)}`); continue; }
        for (const bar of all("body *")) {
          if (bar.contains(e) || !/sticky|fixed/.test(getComputedStyle(bar).position) || !shown(bar)) continue;
          const b = bar.getBoundingClientRect();
          if (b.left <= x && x <= b.right && b.top < y && y < b.bottom) out.push(`focus under ${name(bar)}: ${name(e)}`);
        }
      }
      return out;
    },
    still() {
      return all("*").filter(e => { const s = getComputedStyle(e); return s.transitionDuration.split(",").some(d => parseFloat(d) > 0.001) || s.animationName !== "none"; }).slice(0, 3).map(e => `moves although asked not to: ${name(e)}`);
    },
    printed() {
      return all("nav, .govuk-button, .cg-noprint, .govuk-language-navigation, .cg-session").filter(shown).slice(0, 2).map(e => `printed: ${name(e)}`);
    },
    forced() {
      const out = [];
      for (const e of all(".govuk-button, .govuk-input, .govuk-select, .govuk-textarea").filter(shown)) {
        const s = getComputedStyle(e);
        if (s.borderTopStyle === "none" || parseFloat(s.borderTopWidth) < 1) out.push(`no edge in forced colours: ${name(e)}`);
      }
      for (const v of all(".cg-reasons__val, .cg-track__first")) if (getComputedStyle(v).fill === getComputedStyle(document.body).backgroundColor) out.push(`not seen in forced colours: ${name(v)}`);
      return out;
    },
  };
})();
