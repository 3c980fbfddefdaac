// [data-autosave]: what is typed goes to the server a moment after it was typed, for its writer
// alone, and with it that the guide is open here. Nothing is left behind in the browser.
{
  const form = document.querySelector("[data-autosave]");
  const editor = form?.querySelector("[data-editor]");
  const alarm = form?.querySelector("[data-alarm]");
  const keptAt = form?.querySelector("[data-kept]");
  const present = form?.querySelector("[data-present]");
  const PAUSE = 3_000; // milliseconds from a change to its autosave
  const BEAT = 25_000;
  const PATIENCE = 10_000;
  const SMALL = 16_000; // letters; what a browser still sends while the page goes away
  let changed = false; // since the last autosave
  let everChanged = false;
  let timer = 0;
  let last = Promise.resolve(true);

  const warn = (words) => {
    alarm.textContent = words;
    alarm.hidden = !words;
  };

  function packed(whole) {
    const data = whole ? new FormData(form) : new FormData();
    for (const name of ["csrfmiddlewaretoken", "page"]) data.set(name, form.elements[name].value);
    data.set("_kind", editor.dataset.kind);
    data.set("_guide", editor.dataset.guide);
    if (whole) data.set("_typed", "1");
    return data;
  }

  async function post(whole, keepalive) {
    const signal = AbortSignal.timeout(PATIENCE);
    const asked = { method: "POST", body: packed(whole), keepalive, signal };
    const answer = await fetch(form.dataset.autosave, asked);
    const isJson = answer.headers.get("content-type")?.includes("json");
    return { status: answer.status, json: isJson ? await answer.json() : null };
  }

  // Signing in again, in another tab, has made the token of this page invalid.
  async function renew() {
    const { token } = await (await fetch(form.dataset.tokens)).json();
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  }

  async function sent(whole, keepalive) {
    const answer = await post(whole, keepalive);
    if (answer.status === 403 && !answer.json) await renew();
    else if (answer.status === 409) form.elements.page.value = anotherPage();
    else return answer;
    return post(whole, keepalive);
  }

  // Coming back to a page that was saved begins another one. It need not be hard to guess.
  const anotherPage = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 12);

  // Whether the server has it. What it refuses for good must not keep anybody from saving.
  async function keep(whole, keepalive) {
    if (whole) changed = false;
    try {
      const { status, json } = await sent(whole, keepalive);
      if (status === 200) {
        warn("");
        if (json.told) keptAt.textContent = json.told;
        if (present.textContent !== json.others) present.textContent = json.others;
        return true;
      }
      changed ||= whole;
      if (whole || status === 403) warn(json?.message || form.dataset.lost);
      return status < 500 && status !== 403;
    } catch {
      changed ||= whole;
      if (whole) warn(form.dataset.lost);
      return false;
    }
  }

  // One after the other, so that an older text never overtakes a newer one.
  const now = (whole, keepalive = false) => (last = last.then(() => keep(whole, keepalive)));

  const later = () => {
    changed = everChanged = true;
    clearTimeout(timer);
    timer = setTimeout(() => now(true), PAUSE);
  };

  let checked = false;
  let checking = false;

  // Nobody loses a page to an expired login or a lost network: it is asked before it is left.
  async function before(event) {
    if (checked || !everChanged) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (checking) return;
    checking = true;
    clearTimeout(timer);
    const isThere = await now(true);
    checking = false;
    if (!isThere) return;
    checked = true;
    form.requestSubmit(event.submitter);
  }

  if (form) {
    form.addEventListener("input", later);
    form.addEventListener("submit", before, { capture: true });
    addEventListener("pageshow", () => (checked = false));
    document.addEventListener("visibilitychange", () => {
      const isSmall = editor.querySelector("textarea").value.length < SMALL;
      if (document.visibilityState === "visible") now(changed);
      else if (changed && !checked) now(true, isSmall);
    });
    setInterval(() => now(changed), BEAT);
    if (form.querySelector("[role='alert']")) later(); // what was refused is not saved, either
    now(false);
  }
}
