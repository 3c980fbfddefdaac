// Text and preview, side by side, keep to the same section or step: whichever is scrolled leads.
{
  const editor = document.querySelector("[data-editor]");
  const area = editor?.querySelector("textarea");
  const pane = editor?.querySelector("[data-preview]");
  const outline = document.querySelector("[data-outline]");
  let pairs; // heights of the same place in text and preview; measured anew after a change
  let leader;

  const measured = () => {
    const lines = [...outline.querySelectorAll("[data-line]")].map((each) => +each.dataset.line);
    const heads = [...pane.querySelectorAll("section > h2, .step .bd > h3")];
    const top = pane.getBoundingClientRect().top - pane.scrollTop;
    const detail = { lines };
    area.dispatchEvent(new CustomEvent("editor:measure", { detail }));
    // A text that has just changed may have a heading more than its preview.
    const shared = heads.length === lines.length ? heads : [];
    return [
      [0, 0],
      ...shared.map((head, i) => [detail.heights[i], head.getBoundingClientRect().top - top]),
      [area.scrollHeight, pane.scrollHeight],
    ];
  };

  // The height in the other column for one in this: in proportion between two known places.
  const across = (height, from, to) => {
    const next = Math.max(1, pairs.findIndex((pair) => pair[from] > height));
    const [before, after] = [pairs[next - 1], pairs[next]];
    const part = (height - before[from]) / Math.max(1, after[from] - before[from]);
    return before[to] + part * (after[to] - before[to]);
  };

  const follow = ({ target }) => {
    if (target !== leader || area.clientHeight >= area.scrollHeight) return;
    pairs ||= measured();
    if (target === area) pane.scrollTop = across(area.scrollTop, 0, 1);
    else area.scrollTop = across(pane.scrollTop, 1, 0);
  };

  if (editor) {
    const lead = ({ currentTarget }) => (leader = currentTarget);
    for (const side of [area, pane]) {
      for (const touched of ["pointerenter", "focusin", "wheel", "touchstart"])
        side.addEventListener(touched, lead, { passive: true });
      side.addEventListener("scroll", follow);
    }
    const forget = () => (pairs = undefined);
    area.addEventListener("input", forget);
    addEventListener("resize", forget);
    new MutationObserver(forget).observe(pane, { childList: true });
  }
}
