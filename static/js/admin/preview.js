// [data-preview], [data-faults], [data-outline]: drawn anew by the server a moment after the last key.
{
  const editor = document.querySelector("[data-editor]");
  const area = editor?.querySelector("textarea");
  const pane = editor?.querySelector("[data-preview]");
  const told = editor?.querySelector("[data-told]");
  const panel = document.querySelector("[data-faults]");
  const outline = document.querySelector("[data-outline]");
  const count = editor?.querySelector("[data-count]");
  const WATCHED = ["title", "summary", "aliases"]; // checked with the text
  let timer = 0;
  let latest = 0;

  let complained = false;

  // The line is shared with the pictures: only what this file said is taken back.
  const say = (words) => {
    if (!words && !complained) return;
    complained = Boolean(words);
    told.textContent = words;
    told.hidden = !words;
  };

  const tally = () => {
    count.textContent = count.dataset.words.replace("{n}", area.value.length);
  };

  async function asked() {
    const form = area.form;
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("content", area.value);
    for (const name of WATCHED) data.append(name, form.elements[name]?.value || "");
    data.append("guide", editor.dataset.guide);
    data.append("kind", editor.dataset.kind);
    data.append("language", form.elements.language?.value || editor.dataset.language);
    const answer = await fetch(area.dataset.markdownxUrlsPath, { method: "POST", body: data });
    const json = answer.headers.get("content-type")?.includes("json") && (await answer.json());
    return { ok: answer.ok && json, json };
  }

  function outside(pane) {
    for (const link of pane.querySelectorAll("a[href]:not([href^='#'])")) {
      link.target = "_blank";
      link.rel = "noopener";
    }
  }

  async function draw() {
    const mine = ++latest;
    try {
      const { ok, json } = await asked();
      if (mine !== latest) return; // an answer that was overtaken by a newer question
      if (!ok) return say((json && json.message) || editor.dataset.failed);
      pane.innerHTML = json.html;
      panel.innerHTML = json.faults;
      outline.innerHTML = json.outline;
      outside(pane);
      say("");
    } catch {
      if (mine === latest) say(editor.dataset.failed);
    }
  }

  if (editor) {
    const later = () => {
      clearTimeout(timer);
      tally();
      timer = setTimeout(draw, Number(area.dataset.markdownxLatency));
    };
    area.addEventListener("input", later);
    area.form.elements.language?.addEventListener("change", later);
    for (const name of WATCHED) area.form.elements[name]?.addEventListener("input", later);
    const lead = (event) => {
      const field = event.target.closest("[data-field]");
      if (field) {
        event.preventDefault();
        const input = document.querySelector(field.getAttribute("href"));
        input?.closest("details")?.setAttribute("open", "");
        return input?.focus();
      }
      const link = event.target.closest("[data-line]");
      if (!link) return;
      event.preventDefault();
      const read = editor.querySelector("[name='panes'][value='read']:checked");
      if (read) editor.querySelector("[name='panes'][value='split']").checked = true;
      area.dispatchEvent(new CustomEvent("editor:line", { detail: Number(link.dataset.line) }));
    };
    panel.addEventListener("click", lead);
    outline.addEventListener("click", lead);
    outside(pane);
    tally();
  }
}
