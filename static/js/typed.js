// A search field says "typed" when its text has changed and rests, but not in the middle of a word
// that an input method is still putting together. What listens is htmx, fetched when a reader first
// turns to such a field: whoever only reads never pays for it.
{
  const REST = 150; // milliseconds without a key
  // Runs no code and writes no styles, as the content security policy demands; asks this site only.
  const CONFIG = {
    allowEval: false,
    allowScriptTags: false,
    disableInheritance: true,
    historyEnabled: false,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    timeout: 15000,
  };
  // Giving up an older question is no error, though htmx would write it into the console as one;
  // and the address of a page, which may hold a question, is nothing to keep in the tab.
  const NO_ERRORS = ["htmx:sendAbort", "htmx:afterRequest"];
  const calm = () => {
    window.htmx.logger = (_element, name, detail) => {
      if (NO_ERRORS.includes(name)) delete detail.error;
    };
    try {
      sessionStorage.removeItem("htmx-current-path-for-history");
    } catch {
      // A browser that lets nothing be kept has kept nothing.
    }
  };
  const source = document.querySelector("script[data-htmx]")?.dataset.htmx;
  let loading;

  const whole = () =>
    new Promise((done) => {
      if (document.readyState === "complete") done();
      else addEventListener("load", done, { once: true });
    });
  const htmxLoaded = () =>
    new Promise((done, failed) => {
      const config = document.createElement("meta");
      config.name = "htmx-config";
      config.content = JSON.stringify(CONFIG);
      const script = document.createElement("script");
      script.src = source;
      script.onload = done;
      script.onerror = failed;
      document.head.append(config, script);
    });
  const load = () => {
    loading ||= whole()
      .then(htmxLoaded)
      .then(calm)
      .catch(() => (loading = undefined)); // offline: the next focus tries again
    return loading;
  };

  const listen = (field) => {
    let said = field.value.trim();
    let composing = false;
    let timer;
    const say = async () => {
      await load();
      const text = field.value.trim();
      if (composing || text === said || !window.htmx) return;
      said = text;
      field.dispatchEvent(new CustomEvent("typed", { bubbles: true }));
    };
    const rest = () => {
      clearTimeout(timer);
      if (!composing) timer = setTimeout(say, REST);
    };
    field.addEventListener("focus", load);
    field.addEventListener("input", rest);
    field.addEventListener("compositionstart", () => {
      composing = true;
      rest();
    });
    field.addEventListener("compositionend", () => {
      composing = false;
      rest();
    });
    if (document.activeElement === field) load();
  };

  if (source)
    for (const field of document.querySelectorAll("form[role=search] input[type=search]"))
      listen(field);
}
