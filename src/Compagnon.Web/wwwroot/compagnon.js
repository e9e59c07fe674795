// What pages gain with script. Every journey ends without it.
(() => {
  "use strict";
  // a second click does not send a form twice
  document.addEventListener("submit", e => {
    if (e.target.method !== "post") return;
    if (e.target.dataset.cgSent) e.preventDefault();
    else e.target.dataset.cgSent = "1";
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-cg-sent]").forEach(f => delete f.dataset.cgSent));

  // what a person has answered so far; never a password
  const answers = page => [...page.querySelectorAll("main :is(input, select, textarea)")].filter(f => f.name && !["hidden", "password", "file"].includes(f.type));
  const isTicked = f => f.type === "checkbox" || f.type === "radio";
  const isTyped = f => isTicked(f) ? f.checked !== f.defaultChecked
    : f.options ? ![...f.options].every(o => o.selected === (o.defaultSelected || !f.querySelector("[selected]") && o.index === 0))
    : f.value !== f.defaultValue;

  let timer;
  const begin = () => {
    const summary = document.querySelector(".govuk-error-summary");
    if (summary) {
      // by Back, or loaded again, it comes as a page and not as the browser's question whether to send once more
      history.replaceState(history.state, "", location.href);
      summary.focus();
      // a link to a field also brings its label into view
      summary.addEventListener("click", e => {
        const link = e.target.closest("a[href^='#']"), field = link && document.getElementById(link.hash.slice(1));
        if (!field) return;
        e.preventDefault();
        (field.closest("fieldset, .govuk-form-group, .cg-question") ?? field).scrollIntoView();
        field.focus({ preventScroll: true });
      });
    }
    for (const b of document.querySelectorAll("[data-cg-print]")) {
      b.hidden = false;
      b.addEventListener("click", () => print());
    }
    // the other language takes along what is typed, from page to page: it is written nowhere in between
    for (const a of document.querySelectorAll(".govuk-language-navigation__link"))
      a.addEventListener("click", async e => {
        const typed = answers(document);
        if (e.ctrlKey || e.metaKey || e.shiftKey || !summary && !typed.some(isTyped)) return;
        e.preventDefault();
        const answer = await fetch(a.href, { cache: "no-store" }).catch(() => null);
        // no answer, or another page's (the session is over): as without script
        if (!answer?.ok || new URL(answer.url).pathname !== location.pathname) { location.assign(a.href); return; }
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const f of answers(page)) {
          const at = typed.findIndex(t => t.name === f.name && (!isTicked(f) || t.value === f.value));
          if (at < 0) continue;
          const [t] = typed.splice(at, 1);
          if (isTicked(f)) f.checked = t.checked;
          else f.value = t.value;
        }
        document.title = page.title;
        document.documentElement.lang = page.documentElement.lang;
        document.body.replaceWith(page.body);
        begin();
        document.querySelector(".govuk-language-navigation__link").focus();
      });
    // two minutes before the session ends: ask, without covering what is being typed
    clearTimeout(timer);
    const session = document.querySelector("[data-cg-session]");
    if (session) {
      let before;
      const start = () => { timer = setTimeout(warn, Math.max(0, Number(session.dataset.cgSession) - 120) * 1000); };
      const warn = () => { before = document.activeElement; session.hidden = false; session.querySelector("[data-cg-stay]").focus(); };
      session.querySelector("[data-cg-stay]").addEventListener("click", async e => {
        e.preventDefault();
        const answer = await fetch(e.target.href, { cache: "no-store", redirect: "error" }).catch(() => null);
        if (!answer?.ok) { location.reload(); return; }
        session.hidden = true;
        before?.focus();
        clearTimeout(timer);
        start();
      });
      start();
    }
  };
  begin();
})();
