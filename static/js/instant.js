// [data-instant]: the search page follows the typing. htmx puts the new answer into #answer; this
// keeps the address in step, announces what was found once the typing rests, and tells the portal
// which questions were finished, so that half of a word is never counted as one.
{
  const STOPPED = 2000; // milliseconds after which a question counts as asked
  const QUIET = 1000; // milliseconds before a count is read out
  const form = document.querySelector("form[data-instant]");

  const follow = (address) => {
    history.replaceState(history.state, "", address);
    const here = location.pathname + location.search;
    for (const link of document.querySelectorAll(".tools a[hreflang]")) link.search = location.search;
    for (const input of document.querySelectorAll(".tools input[name=next]")) input.value = here;
    for (const link of document.querySelectorAll(".tools a[href*='?next=']"))
      link.search = new URLSearchParams({ next: here });
  };

  const announce = () => {
    const said = [...document.querySelectorAll("#answer [data-said]")];
    document.getElementById("live").textContent = said.map((each) => each.textContent).join(" ");
  };

  const watch = (field, failed) => {
    const asked = location.href;
    let shown = field.value.trim();
    let counted = shown; // the page itself was
    let reading, stopping;
    let lost = false;

    const finished = () => {
      clearTimeout(stopping);
      if (!shown || shown === counted) return;
      counted = shown;
      const headers = { "HX-Request": "true", "X-Question": "complete" };
      fetch(location.href, { headers, keepalive: true, cache: "no-store" }).catch(() => {});
    };
    const answered = (address) => {
      follow(address);
      shown = new URL(location.href).searchParams.get("q").trim();
      failed.hidden = true;
      clearTimeout(reading);
      reading = setTimeout(announce, QUIET);
      clearTimeout(stopping);
      stopping = setTimeout(finished, STOPPED);
      if (lost) field.focus();
      field.dispatchEvent(new CustomEvent("answered", { bubbles: true }));
    };
    const ours = (event) => event.detail.requestConfig?.elt === form;

    document.addEventListener("htmx:beforeSwap", (event) => {
      if (ours(event)) lost = document.getElementById("answer").contains(document.activeElement);
    });
    document.addEventListener("htmx:afterSwap", (event) => {
      if (ours(event)) answered(event.detail.pathInfo.finalRequestPath);
    });
    for (const wrong of ["htmx:sendError", "htmx:responseError", "htmx:timeout"])
      document.addEventListener(wrong, (event) => {
        if (ours(event)) failed.hidden = false;
      });
    field.addEventListener("input", () => {
      clearTimeout(reading);
      clearTimeout(stopping);
    });
    field.addEventListener("blur", finished);
    // A question that is asked in full is a page of its own: the one before keeps its address.
    form.addEventListener("submit", () => {
      counted = field.value.trim();
      history.replaceState(history.state, "", asked);
    });
    // A page that the browser had kept shows what was last typed, not what its address asks.
    addEventListener("pageshow", (event) => {
      const question = new URL(location.href).searchParams.get("q") ?? "";
      if (event.persisted && question.trim() !== field.value.trim()) location.reload();
    });
  };

  if (form) watch(form.elements.q, form.parentElement.querySelector("[data-failed]"));
}
