// What pages gain with script. Every journey ends without it.
(() => {
  "use strict";
  const summary = document.querySelector(".govuk-error-summary");
  if (summary) {
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
  // a second click does not send a form twice
  document.addEventListener("submit", e => {
    if (e.target.method !== "post") return;
    if (e.target.dataset.cgSent) e.preventDefault();
    else e.target.dataset.cgSent = "1";
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-cg-sent]").forEach(f => delete f.dataset.cgSent));
  // two minutes before the session ends: ask, without covering what is being typed
  const session = document.querySelector("[data-cg-session]");
  if (session) {
    let timer, before;
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
})();
