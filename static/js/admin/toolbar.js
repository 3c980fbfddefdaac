// [data-toolbar]: each button writes its data-text into the text, in the way data-how tells.
// Pickers close after a choice; [data-narrow] narrows the list below it while one types.
{
  const editor = document.querySelector("[data-editor]");
  const area = editor?.querySelector("textarea");

  const choose = ({ target }) => {
    const button = target.closest("button[data-how]");
    if (!button) return;
    const open = button.closest("details[open]");
    if (open) open.open = false;
    const { how, text } = button.dataset;
    area.dispatchEvent(new CustomEvent("editor:insert", { detail: { how, text } }));
  };

  const narrow = ({ target }) => {
    const list = target.matches("[data-narrow]") && target.nextElementSibling;
    if (!list) return;
    const wanted = target.value.trim().toLowerCase();
    for (const item of list.children)
      item.hidden = !item.textContent.toLowerCase().includes(wanted);
  };

  // By the place of the key: with Shift held down, layouts write other signs for 1 to 8.
  const shortcut = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.code.replace(/^Key|^Digit/, "").toLowerCase();
    const keys = `Control+${event.shiftKey ? "Shift+" : ""}${key}`;
    const button = editor.querySelector(`button[aria-keyshortcuts="${CSS.escape(keys)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  };

  const walk = (event) => {
    const picker = event.target.closest(".picker");
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!picker || !way) return;
    event.preventDefault();
    const stops = [...picker.querySelectorAll("[data-narrow], li:not([hidden]) button")];
    stops[stops.indexOf(document.activeElement) + way]?.focus();
  };

  if (editor) {
    const bar = editor.querySelector("[data-toolbar]");
    // The text keeps its selection while a button is pressed.
    bar.addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) event.preventDefault();
    });
    bar.addEventListener("click", choose);
    bar.addEventListener("input", narrow);
    bar.addEventListener("keydown", walk);
    bar.addEventListener("keydown", (event) => {
      // Enter in a picker's field takes its first entry instead of saving the guide.
      if (event.key !== "Enter" || !event.target.matches("[data-narrow]")) return;
      event.preventDefault();
      event.target.nextElementSibling.querySelector("li:not([hidden]) button")?.click();
    });
    area.addEventListener("keydown", shortcut);
    // Which panes are shown is no part of the guide.
    for (const radio of bar.querySelectorAll("[name='panes']")) radio.setAttribute("form", "none");
  }
}
