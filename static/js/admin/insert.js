// [data-editor] textarea: answers "editor:insert", "editor:line" and "editor:measure" events. What a
// tool writes can be undone like typing, because the browser's own editing command writes it.
{
  const area = document.querySelector("[data-editor] textarea");
  const OPEN = "⟦";
  const CLOSE = "⟧";

  function write(from, to, text) {
    area.focus();
    area.setSelectionRange(from, to);
    const done = text
      ? document.execCommand("insertText", false, text)
      : from === to || document.execCommand("delete");
    if (done) return;
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Writes the text and selects what stood between the marks.
  function place(from, to, marked) {
    const start = marked.indexOf(OPEN);
    const text = marked.replace(OPEN, "").replace(CLOSE, "");
    const end = marked.indexOf(CLOSE) - 1;
    write(from, to, text);
    if (start < 0) area.setSelectionRange(from + text.length, from + text.length);
    else area.setSelectionRange(from + start, from + end);
  }

  function filled(text, selected) {
    if (!selected) return text;
    const start = text.indexOf(OPEN);
    if (start < 0) return text;
    return text.slice(0, start) + OPEN + selected + text.slice(text.indexOf(CLOSE));
  }

  function around(mark, from, to, value) {
    const selected = value.slice(from, to);
    const twice = value.slice(from - mark.length, from) === mark;
    if (selected && twice && value.slice(to, to + mark.length) === mark)
      place(from - mark.length, to + mark.length, OPEN + selected + CLOSE);
    else place(from, to, mark + OPEN + selected + CLOSE + mark);
  }

  function lines(prefix, from, to, value) {
    const start = value.lastIndexOf("\n", from - 1) + 1;
    const next = value.indexOf("\n", to);
    const end = next < 0 ? value.length : next;
    const old = value.slice(start, end).split("\n");
    const bare = old.every((line) => line.startsWith(prefix));
    const now = old.map((line) => (bare ? line.slice(prefix.length) : prefix + line));
    place(start, end, now.join("\n"));
  }

  // Only the missing line breaks are added: taking up those that stand would confuse undoing.
  function block(text, from, to, value) {
    const before = /\n*$/.exec(value.slice(0, from))[0].length;
    const after = /^\n*/.exec(value.slice(to))[0].length;
    const head = from > before ? "\n".repeat(Math.max(0, 2 - before)) : "";
    const last = to + after === value.length;
    const tail = "\n".repeat(Math.max(0, (last ? 1 : 2) - after));
    place(from, to, head + filled(text, value.slice(from, to).trim()) + tail);
  }

  const ways = {
    insert: (text, from, to, value) => place(from, to, filled(text, value.slice(from, to))),
    around,
    line: lines,
    block,
  };

  // Long lines wrap, so the place of a line is measured in a copy of the text above it.
  function heightAbove(offset) {
    const copy = document.createElement("div");
    const style = getComputedStyle(area);
    for (const name of ["font", "letterSpacing", "padding", "wordBreak", "overflowWrap"])
      copy.style[name] = style[name];
    copy.style.cssText += ";position:absolute;visibility:hidden;white-space:pre-wrap";
    copy.style.inlineSize = `${area.clientWidth}px`;
    copy.textContent = area.value.slice(0, offset);
    document.body.append(copy);
    const height = copy.scrollHeight;
    copy.remove();
    return height;
  }

  function show(number) {
    const rows = area.value.split("\n");
    const line = Math.min(Math.max(number, 1), rows.length) - 1;
    const start = rows.slice(0, line).join("\n").length + (line ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + rows[line].length);
    area.scrollTop = Math.max(0, heightAbove(start) - area.clientHeight / 3);
    area.scrollIntoView({ block: "nearest" });
  }

  if (area) {
    area.addEventListener("editor:insert", ({ detail }) =>
      ways[detail.how](detail.text, area.selectionStart, area.selectionEnd, area.value),
    );
    area.addEventListener("editor:line", ({ detail }) => show(detail));
    area.addEventListener("editor:measure", ({ detail }) => {
      const rows = area.value.split("\n");
      const height = (line) => heightAbove(rows.slice(0, line - 1).join("\n").length);
      detail.heights = detail.lines.map(height);
    });
  }
}
