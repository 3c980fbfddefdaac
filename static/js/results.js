// In #results the arrow keys move from one result to the next; up from the first leads back to
// the question. The selection is the focus itself, so Enter opens what is selected. Keys that an
// open list of suggestions has taken, or an input method, are theirs.
{
  const results = () => [...document.querySelectorAll("#results > li h2 a")];
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const all = results();
    const here = all.indexOf(document.activeElement);
    const field = document.querySelector("main input[type=search]");
    const typing = document.activeElement === field;
    if (!all.length || (here < 0 && !(typing && step > 0))) return;
    const there = here + step < 0 ? field : all[here + step];
    if (!there) return;
    event.preventDefault();
    there.focus();
    there.scrollIntoView({ block: "nearest" });
  });
}
