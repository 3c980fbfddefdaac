// [data-opened] on #results: tells the portal which result was opened from which question, and
// nothing about the reader. It never keeps the link waiting.
{
  const tell = (event) => {
    const link = event.target.closest("#results[data-opened] [data-code] a[href]");
    if (!link || event.button > 1) return;
    const { opened, question, token } = link.closest("#results").dataset;
    const body = new FormData();
    body.set("q", question);
    body.set("guide", link.closest("[data-code]").dataset.code);
    body.set("csrfmiddlewaretoken", token);
    if (!navigator.sendBeacon?.(opened, body))
      fetch(opened, { method: "POST", body, keepalive: true }).catch(() => {});
  };
  document.addEventListener("click", tell);
  document.addEventListener("auxclick", tell); // the middle button, into another tab
}
