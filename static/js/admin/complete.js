// [data-opens]: the signs it names, typed into the text, open this picker; what is chosen there takes
// their place. Escape leads back to the text and leaves them as they are.
{
  const editor = document.querySelector("[data-editor]");
  const area = editor?.querySelector("textarea");
  let waiting; // the picker that was opened by typing

  const pickerFor = (signs) =>
    [...editor.querySelectorAll("[data-opens]")].find((each) =>
      each.dataset.opens.split(" ").includes(signs),
    );

  const typed = (event) => {
    const end = area.selectionStart;
    if (event.isComposing || event.inputType !== "insertText" || end !== area.selectionEnd) return;
    const picker = pickerFor(area.value.slice(Math.max(0, end - 2), end));
    if (!picker) return;
    area.setSelectionRange(end - 2, end);
    waiting = picker;
    picker.open = true;
    const field = picker.querySelector("[data-narrow]");
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };

  const closed = ({ target }) => {
    if (target !== waiting || target.open) return;
    waiting = undefined;
    // Who pressed somewhere else wanted to be there.
    if (!target.contains(document.activeElement) && document.activeElement !== document.body) return;
    area.focus();
    area.setSelectionRange(area.selectionEnd, area.selectionEnd);
  };

  if (editor) {
    area.addEventListener("input", typed);
    area.addEventListener("editor:insert", () => (waiting = undefined));
    // toggle does not bubble
    editor.addEventListener("toggle", closed, true);
  }
}
