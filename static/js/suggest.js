// The list of suggestions below a search field: a combobox as the ARIA practices describe it. The
// focus stays in the field and what was typed stays as it is; options are links. Where answers stand
// on the same page, the list opens only as long as they do not answer.
{
  const list = document.getElementById("suggest");
  const form = list?.closest("form");
  const instant = form?.hasAttribute("data-instant");

  const listen = (field) => {
    let active = -1;
    let unwanted = ""; // the text for which the list was closed by its reader
    const text = () => field.value.trim();
    const options = () => [...list.children];
    const choose = (at) => {
      active = at;
      for (const [i, option] of options().entries())
        option.setAttribute("aria-selected", String(i === at));
      const chosen = options()[at];
      if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
      else field.removeAttribute("aria-activedescendant");
      chosen?.scrollIntoView({ block: "nearest" });
    };
    const show = (open) => {
      list.hidden = !open;
      field.setAttribute("aria-expanded", String(open));
      choose(-1);
    };
    const ask = () => {
      if (text()) window.htmx.trigger(list, "suggest");
      else show(false);
    };
    const answers = () => document.querySelector("#results[data-match=strong], [data-gap]");

    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": list.id,
      "aria-expanded": "false",
    }))
      field.setAttribute(name, value);

    if (instant)
      field.addEventListener("answered", () => (answers() ? show(false) : ask()));
    else field.addEventListener("typed", ask);
    field.addEventListener("input", () => {
      choose(-1);
      if (!text()) show(false);
    });
    let kept; // what was chosen when a late answer replaced the list
    list.addEventListener("htmx:beforeSwap", () => (kept = options()[active]?.href));
    list.addEventListener("htmx:afterSwap", () => {
      const worth = options().length > (instant ? 1 : 0);
      const wanted = document.activeElement === field && text() && text() !== unwanted;
      show(Boolean(worth && wanted && !(instant && answers())));
      if (!list.hidden) choose(options().findIndex((option) => option.href === kept));
    });
    // Pressing an option must not take the focus away, which would close the list before the link.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    field.addEventListener("blur", () => show(false));
    form.addEventListener("submit", () => show(false));

    const close = () => {
      unwanted = text();
      show(false);
    };
    const keys = {
      ArrowDown: (last) => choose(active === last ? -1 : active + 1),
      ArrowUp: (last) => choose(active < 0 ? last : active - 1),
      Home: () => active >= 0 && choose(0),
      End: (last) => active >= 0 && choose(last),
      Enter: () => active >= 0 && options()[active].click(),
      Escape: close,
    };
    field.addEventListener("keydown", (event) => {
      const key = keys[event.key];
      const other = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      if (!key || other || event.isComposing) return;
      // Where nothing else lies below the field, ↓ brings the list back.
      if (list.hidden && event.key === "ArrowDown" && !instant && text() && options().length)
        show(true);
      if (list.hidden) return;
      if (key(options().length - 1) !== false) event.preventDefault();
    });
  };

  if (form) listen(form.elements.q);
}
